import type { MappingRule } from '@plumbline/contracts';

/** A rule as a sentence. */
export function ruleText(rule: MappingRule): string {
  if ('rename' in rule) return `Take ${rule.rename} as ${rule.to}`;
  if ('set_missing' in rule) {
    const values = rule.set_missing.map((value) => JSON.stringify(value)).join(', ');
    return `Treat ${values} in ${rule.field} as missing`;
  }
  return `Turn ${rule.field} from ${rule.from} into ${rule.to}`;
}

/** A field of a row as rules name it: `/features/a~1b` → `features.a/b`. */
export function ruleField(pointer: string): string {
  const [, group = '', ...rest] = pointer.split('/');
  const name = rest.join('/').replaceAll('~1', '/').replaceAll('~0', '~');
  return name === '' ? group : `${group}.${name}`;
}

export interface RuleDraft {
  kind: 'convert' | 'rename' | 'set_missing';
  field: string;
  from: string;
  to: string;
  /** The new name. */
  target: string;
  /** Values to treat as missing, as typed. */
  values: string[];
}

export const emptyDraft = (field: string): RuleDraft => ({
  kind: 'convert',
  field,
  from: 'string',
  to: 'number',
  target: '',
  values: [],
});

/** What the contract is to judge. A typed value that reads as a number stands for that number as well. */
export function draftedRule({ kind, field, from, to, target, values }: RuleDraft): unknown {
  if (kind === 'rename') return { rename: field, to: target };
  if (kind === 'convert') return { field, from, to };
  const numbers = values.filter((value) => value.trim() !== '' && Number.isFinite(Number(value))).map(Number);
  return { field, set_missing: [...values, ...numbers] };
}
