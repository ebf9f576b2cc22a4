import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** Thrown once with every fault of the environment; the message names variables, never their values. */
export class EnvError extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    super(`The environment is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'EnvError';
    this.faults = faults;
  }
}

/**
 * Reads the variables a schema names and validates them together. An empty variable counts as not set.
 * `NAME_FILE` gives the path of a file that holds the value of `NAME` (its last line break is dropped), for secrets.
 * @throws EnvError listing every fault at once.
 */
export function parseEnv<S extends z.ZodObject>(
  schema: S,
  source: Record<string, string | undefined>,
): Readonly<z.infer<S>> {
  const faults: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = source[name];
    const file = source[`${name}_FILE`];
    if (value && file) faults.push(`${name} and ${name}_FILE are both set`);
    else if (value) values[name] = value;
    else if (file) {
      try {
        values[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
      } catch {
        faults.push(`${name}_FILE names a file that cannot be read`);
      }
    }
  }
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = issue.path.join('.');
      if (!faults.some((fault) => fault.startsWith(name))) faults.push(`${name}: ${issue.message}`);
    }
  }
  if (faults.length > 0 || !parsed.success) throw new EnvError(faults);
  return Object.freeze(parsed.data);
}
