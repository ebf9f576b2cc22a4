import type { History } from './history.ts';
import { historyHours, historyStart } from './history.ts';
import type { Laboratory } from './laboratory.ts';

const window = new URLSearchParams({
  from: new Date(historyStart).toISOString(),
  to: new Date(historyStart + historyHours * 3_600_000).toISOString(),
}).toString();

const filter = encodeURIComponent(JSON.stringify({ field: 'features.origin', op: 'ne', value: 'JFK' }));

const questionsOf = ({ task }: Pick<History, 'task'>) => {
  const quality = task === 'regression' ? 'mae' : 'accuracy';
  return [
    'drift?',
    'performance?',
    'performance?version=2',
    'performance?environment=validation',
    `performance?filter=${filter}`,
    'quality?',
    'timeseries?metric=volume&granularity=hour',
    'timeseries?metric=volume&granularity=day',
    `timeseries?metric=${quality}&granularity=day`,
    'timeseries?metric=psi&column=origin&granularity=day',
    'distribution?column=humidity',
  ];
};

/** Events in the charts of both environments. */
export async function countedEvents(lab: Laboratory, slug: string): Promise<number> {
  const answers = await Promise.all(
    ['production', 'validation'].map((environment) =>
      lab.call('GET', `/v1/models/${slug}/performance?environment=${environment}&${window}`),
    ),
  );
  return answers.reduce((sum, { body }) => sum + Number(body.n_events), 0);
}

/** What the API answers about a model, by question. */
export async function answersOf(
  lab: Laboratory,
  history: History,
  slug: string,
): Promise<Record<string, unknown>> {
  const answers = await Promise.all(
    questionsOf(history).map(async (question) => {
      const { status, body } = await lab.call('GET', `/v1/models/${slug}/${question}&${window}`);
      if (status !== 200) throw new Error(`${question}: ${status} ${JSON.stringify(body)}`);
      return [question, body];
    }),
  );
  return Object.fromEntries(answers);
}

/** Where two answers differ: whole numbers must be equal, others to 1e-9. */
export function differences(a: unknown, b: unknown, at = ''): string[] {
  if (typeof a === 'number' && typeof b === 'number') {
    const isClose = a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
    return isClose && !(Number.isInteger(a) && Number.isInteger(b) && a !== b) ? [] : [`${at}: ${a} ≠ ${b}`];
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return a === b ? [] : [`${at}: ${JSON.stringify(a)} ≠ ${JSON.stringify(b)}`];
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
    differences(left[key], right[key], `${at}/${key}`),
  );
}
