import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LabAnswer, type Laboratory, openLaboratory } from './laboratory.ts';
import { randomFrom } from './schedule.ts';

const writers = 16;
const ids = Array.from({ length: 600 }, (_, i) => `p-${i}`);

let lab: Laboratory;
let database: pg.Client;
beforeAll(async () => {
  lab = await openLaboratory({ workers: 1 });
  database = new pg.Client({ connectionString: lab.connectionString });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await lab.close();
});

let models = 0;

async function putModel(): Promise<string> {
  models += 1;
  const slug = `written-${models}`;
  const described = { task: 'binary_classification', positive_label: 'late' };
  expect((await lab.call('PUT', `/v1/models/${slug}`, JSON.stringify(described))).status).toBeLessThan(300);
  return slug;
}

const shuffle = <T>(rows: T[], seed: number): T[] => {
  const random = randomFrom(seed);
  return rows
    .map((row) => ({ row, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
};

const event = (id: string) => ({
  prediction_id: id,
  prediction_timestamp: '2026-01-05T00:00:00Z',
  features: { distance: Number(id.slice(2)) },
  prediction_score: 0.7,
});
const eventWithActual = (id: string) => ({
  ...event(id),
  actual_label: 'late',
  actual_timestamp: '2026-01-06T00:00:00Z',
});
const actual = (id: string) => ({
  prediction_id: id,
  actual_label: 'late',
  actual_timestamp: '2026-01-06T00:00:00Z',
});
const actualWithoutTime = (id: string) => ({ prediction_id: id, actual_label: 'late' });

/** Every writer posts all rows, in an order of its own, in batches of this many, at the same time as the others. */
async function writeAll(slug: string, kind: string, rowOf: (id: string) => object, batchRows: number) {
  const perWriter = await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      const rows = shuffle(ids.map(rowOf), writer);
      const answers: LabAnswer[] = [];
      for (let from = 0; from < rows.length; from += batchRows) {
        const body = JSON.stringify({ [kind]: rows.slice(from, from + batchRows) });
        answers.push(await lab.call('POST', `/v1/models/${slug}/${kind}`, body));
      }
      return answers;
    }),
  );
  return perWriter.flat();
}

const sum = (answers: LabAnswer[], field: string) =>
  answers.reduce((total, { body }) => total + Number(body[field]), 0);

test.for([
  ['events', event, 600],
  ['events', event, 30],
  ['events', eventWithActual, 200],
  ['actuals', actual, 600],
  ['actuals', actual, 30],
  ['actuals', actualWithoutTime, 200],
] as const)(
  '16 writers of the same %s (%o, %i a batch) store each once',
  async ([kind, rowOf, batchRows]) => {
    const slug = await putModel();
    const answers = await writeAll(slug, kind, rowOf, batchRows);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(sum(answers, 'accepted')).toBe(ids.length);
    expect(sum(answers, 'duplicates')).toBe(ids.length * (writers - 1));
    const { body: status } = await lab.call('GET', `/v1/models/${slug}/ingest-status`);
    expect(status[kind]).toBe(ids.length);
  },
);

test('one actual more than its event brings is stored once, whichever of both comes first', async () => {
  const slug = await putModel();
  const [events, actuals] = await Promise.all([
    writeAll(slug, 'events', eventWithActual, 100),
    writeAll(slug, 'actuals', actual, 100),
  ]);
  expect(sum(events, 'accepted')).toBe(ids.length);
  const modelId = await lab.modelId(slug);
  const { rows } = await database.query('SELECT count(*)::int AS n FROM actual WHERE model_id = $1', [
    modelId,
  ]);
  expect(rows[0]).toEqual({ n: ids.length });
  expect(sum(actuals, 'accepted')).toBeLessThanOrEqual(ids.length);
});

test.for([
  ['events', event, 'application/json'],
  ['actuals', actual, 'application/json'],
  ['events', event, 'application/x-ndjson'],
] as const)(
  '16 requests with one Idempotency-Key (%s, %o, %s) store its rows once; the others replay or wait',
  async ([kind, rowOf, contentType]) => {
    const slug = await putModel();
    const rows = ids.map((id): object => rowOf(id));
    const body =
      contentType === 'application/json'
        ? JSON.stringify({ [kind]: rows })
        : rows.map((row) => JSON.stringify(row)).join('\n');
    const headers = { 'idempotency-key': 'the same', 'content-type': contentType };
    const send = () => lab.call('POST', `/v1/models/${slug}/${kind}`, body, headers);
    const answers = await Promise.all(Array.from({ length: writers }, send));
    const stored = answers.filter(({ status, isReplayed }) => status === 202 && !isReplayed);
    const replayed = answers.filter(({ isReplayed }) => isReplayed);
    const refused = answers.filter(({ status }) => status === 409);
    expect(stored.length + replayed.length + refused.length).toBe(writers);
    expect(stored).toHaveLength(1);
    expect(sum(stored, 'accepted')).toBe(ids.length);
    for (const answer of replayed) expect(answer.body).toEqual(stored[0]?.body);
    const late = await send();
    expect(late).toMatchObject({ status: 202, isReplayed: true, body: stored[0]?.body });
    const { body: status } = await lab.call('GET', `/v1/models/${slug}/ingest-status`);
    expect(status[kind]).toBe(ids.length);
  },
);

test('none of these writers deadlocked', async () => {
  await lab.closeApi();
  const ofPlumbline = `SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'plumbline'`;
  // A backend reports its counts when it ends.
  await expect.poll(async () => (await database.query(ofPlumbline)).rowCount, { timeout: 15_000 }).toBe(0);
  const { rows } = await database.query(
    'SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()',
  );
  expect(rows[0]).toEqual({ n: 0 });
});
