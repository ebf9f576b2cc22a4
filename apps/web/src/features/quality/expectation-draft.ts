import { type Expectation, expectationSchema } from '@plumbline/contracts';

/** A field of the form, its value as typed. */
export interface DraftField {
  name: string;
  label: string;
  kind: 'number' | 'percent' | 'lines';
  text: string;
}

export interface ExpectationDraft {
  severity: Expectation['severity'];
  enabled: boolean;
  fields: DraftField[];
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const number = (name: string, label: string, value: number | null): DraftField => ({
  name,
  label,
  kind: 'number',
  text: value === null ? '' : String(value),
});
const percent = (name: string, label: string, value: number): DraftField => ({
  name,
  label,
  kind: 'percent',
  text: String(Number((value * 100).toPrecision(12))),
});
const lines = (name: string, label: string, values: string[]): DraftField => ({
  name,
  label,
  kind: 'lines',
  text: values.join('\n'),
});
const range = ({ min, max }: { min: number | null; max: number | null }) => [
  number('min', 'At least', min),
  number('max', 'At most', max),
];

function fieldsOf(expectation: Expectation): DraftField[] {
  switch (expectation.kind) {
    case 'present':
    case 'type':
      return [percent('mostly', 'Rows that must keep to it, in %', expectation.parameters.mostly)];
    case 'range':
      return [
        ...range(expectation.parameters),
        percent('mostly', 'Values that must lie inside, in %', expectation.parameters.mostly),
      ];
    case 'known_values':
      return [
        lines('also', 'Further values that are all right, one a line', expectation.parameters.also),
        percent('mostly', 'Values that must be known, in %', expectation.parameters.mostly),
      ];
    case 'distinct_values':
    case 'mean':
      return range(expectation.parameters);
    case 'varied':
      return [percent('max_share', 'Most a single value may have, in %', expectation.parameters.max_share)];
    case 'columns':
      return [lines('names', 'Features, one a line', expectation.parameters.names)];
    case 'freshness':
      return [number('max_hours', 'Hours the newest row may be old', expectation.parameters.max_hours)];
    case 'volume':
      return expectation.parameters.by_weekday.flatMap(({ min, max }, i) => [
        number(`min ${i}`, `${weekdays[i]}, at least`, min),
        number(`max ${i}`, `${weekdays[i]}, at most`, max),
      ]);
  }
}

export const draftOf = (expectation: Expectation): ExpectationDraft => ({
  severity: expectation.severity,
  enabled: expectation.enabled,
  fields: fieldsOf(expectation),
});

/** The value of a field; null when a number is left out, undefined when it is none. */
function readField({ kind, text }: DraftField): unknown {
  if (kind === 'lines') return [...new Set(text.split('\n').filter((line) => line.trim() !== ''))];
  const typed = text.trim();
  if (typed === '') return null;
  const value = Number(typed);
  if (!Number.isFinite(value)) return undefined;
  return kind === 'percent' ? Number((value / 100).toPrecision(12)) : value;
}

/** The expectation the draft says, or why it says none. */
export function readDraft(
  before: Expectation,
  { severity, enabled, fields }: ExpectationDraft,
): { expectation: Expectation } | { error: string } {
  const values = new Map(fields.map((field) => [field.name, readField(field)]));
  const wrong = fields.find(({ name }) => values.get(name) === undefined);
  if (wrong) return { error: `${wrong.label}: expected a number.` };
  const parameters =
    before.kind === 'volume'
      ? { by_weekday: weekdays.map((_, i) => ({ min: values.get(`min ${i}`), max: values.get(`max ${i}`) })) }
      : Object.fromEntries(values);
  const read = expectationSchema.safeParse({ ...before, severity, enabled, parameters });
  if (read.success) return { expectation: read.data };
  const [issue] = read.error.issues;
  const field = fields.find(({ name }) => issue?.path.includes(name));
  return { error: `${field ? `${field.label}: ` : ''}${issue?.message ?? 'This cannot be expected.'}` };
}
