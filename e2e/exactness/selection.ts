import type { Dataset } from './dataset.ts';
import { type Filter, isMatch } from './filters.ts';

/** What a question asks about; times in epoch ms, `to` excluded. */
export interface Question {
  from: number;
  to: number;
  version?: string;
  environment?: string;
  filter?: Filter;
  /** Events to compare with in place of the reference. */
  compareTo?: 'previous_period' | { from: number; to: number };
}

/** Positions of the rows a question is about. Without an environment, questions mean production. */
export function select(data: Dataset, question: Question): number[] {
  const { ms } = data;
  const versions = data.fields.get('model_version') ?? [];
  const environments = data.fields.get('environment') ?? [];
  const environment = question.environment ?? 'production';
  const rows: number[] = [];
  for (let row = 0; row < ms.length; row++) {
    const at = ms[row] ?? Number.NaN;
    if (!(at >= question.from && at < question.to)) continue;
    if (environments[row] !== environment) continue;
    if (question.version !== undefined && versions[row] !== question.version) continue;
    if (question.filter && !isMatch(data, row, question.filter)) continue;
    rows.push(row);
  }
  return rows;
}

/** The question about the events compared with; undefined when that is the reference. */
export function comparedWith({ compareTo, ...question }: Question): Question | undefined {
  if (compareTo === undefined) return undefined;
  const { from, to } = question;
  return {
    ...question,
    ...(compareTo === 'previous_period' ? { from: from - (to - from), to: from } : compareTo),
  };
}

/** The question as a query string. */
export function queryOf(question: Question): URLSearchParams {
  const query = new URLSearchParams({
    from: new Date(question.from).toISOString(),
    to: new Date(question.to).toISOString(),
  });
  if (question.version !== undefined) query.set('version', question.version);
  if (question.environment !== undefined) query.set('environment', question.environment);
  if (question.filter) query.set('filter', JSON.stringify(question.filter));
  const { compareTo } = question;
  if (typeof compareTo === 'string') query.set('compare_to', compareTo);
  else if (compareTo) {
    const [from, to] = [new Date(compareTo.from).toISOString(), new Date(compareTo.to).toISOString()];
    query.set('compare_to', JSON.stringify({ from, to }));
  }
  return query;
}
