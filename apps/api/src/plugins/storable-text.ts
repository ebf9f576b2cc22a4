import { type FieldError, limits, Problem } from '@plumbline/contracts';
import fastifyPlugin from 'fastify-plugin';

/** Only ever hashed and compared: any text will do. */
const notStored: ReadonlySet<string> = new Set(['password']);

function faultOf(text: string): Omit<FieldError, 'pointer'> | null {
  if (text.includes('\u0000')) return { code: 'nul_character', detail: 'NUL characters are not allowed' };
  if (!text.isWellFormed()) return { code: 'ill_formed_unicode', detail: 'lone surrogates are not allowed' };
  return null;
}

const escaped = (name: string) =>
  name
    .toWellFormed()
    .replaceAll('\u0000', '\ufffd')
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')
    .slice(0, 100);

/** The first text of a parsed body that no database takes, or where it is nested too deeply to be worked on. */
function faultIn(body: unknown): FieldError | null {
  const open: { value: unknown; pointer: string; depth: number }[] = [{ value: body, pointer: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, pointer, depth } = next;
    const fault = typeof value === 'string' ? faultOf(value) : null;
    if (fault) return { pointer, ...fault };
    if (typeof value !== 'object' || value === null) continue;
    if (depth === limits.depth) {
      return { pointer, code: 'too_deep', detail: `at most ${limits.depth} levels` };
    }
    for (const [name, member] of Object.entries(value)) {
      const inside = `${pointer}/${escaped(name)}`;
      const fault = faultOf(name);
      if (fault) return { pointer: inside, ...fault };
      if (!notStored.has(name)) open.push({ value: member, pointer: inside, depth: depth + 1 });
    }
  }
  return null;
}

/** Refuses bodies and queries with text that cannot be stored or searched for, before a route sees them. */
export const storableText = fastifyPlugin(async (app) => {
  app.addHook('preValidation', async (request) => {
    for (const [name, value] of Object.entries(request.query ?? {})) {
      const fault = faultOf(name) ?? faultOf([value].flat().join());
      if (fault === null) continue;
      const pointer = escaped(name);
      throw new Problem('bad-query', {
        detail: `${pointer}: ${fault.detail}`,
        errors: [{ pointer, ...fault }],
      });
    }
    const fault = faultIn(request.body);
    if (fault) {
      throw new Problem('validation-failed', {
        detail: `${fault.pointer || 'body'}: ${fault.detail}`,
        errors: [fault],
      });
    }
  });
});
