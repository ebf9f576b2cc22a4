import { expect } from 'vitest';
import { arrive, type ExpectedState, emptyState } from './expected-state.ts';
import type { History } from './history.ts';
import type { LabAnswer, Laboratory } from './laboratory.ts';
import { countedEvents } from './observe.ts';
import type { Batch, Step } from './schedule.ts';

const referenceEvents = Array.from({ length: 40 }, (_, i) => ({
  prediction_id: `r-${i}`,
  prediction_timestamp: new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString(),
  features: { distance: i * 50, origin: ['LAS', 'JFK', 'ORD'][i % 3], humidity: (i - 20) / 7 },
  prediction_score: i / 40,
}));

const reference = {
  binary_classification: referenceEvents.map((row, i) => ({
    ...row,
    prediction_label: i >= 20 ? 'late' : 'on_time',
    actual_label: i % 3 === 0 ? 'on_time' : 'late',
  })),
  regression: referenceEvents.map((row, i) => ({ ...row, actual_score: i / 30 })),
};

/** Makes the model of one play and the reference its bins come from. */
export async function makeModel(lab: Laboratory, { task }: Pick<History, 'task'>, slug: string) {
  const described = {
    task,
    ...(task === 'binary_classification' ? { positive_label: 'late' } : {}),
    features: [
      { name: 'distance', kind: 'numeric' },
      { name: 'origin', kind: 'categorical' },
    ],
  };
  const made = await lab.call('PUT', `/v1/models/${slug}`, JSON.stringify(described));
  expect(made.status).toBeLessThan(300);
  const body = JSON.stringify({ events: reference[task] });
  const accepted = await lab.call('POST', `/v1/models/${slug}/reference`, body);
  expect(accepted.status, JSON.stringify(accepted.body)).toBeLessThan(300);
  return lab.modelId(slug);
}

async function post(lab: Laboratory, slug: string, { kind, rows, ndjson, key }: Batch): Promise<LabAnswer> {
  const body = ndjson ? rows.map((row) => JSON.stringify(row)).join('\n') : JSON.stringify({ [kind]: rows });
  const headers = {
    ...(ndjson ? { 'content-type': 'application/x-ndjson' } : {}),
    ...(key === null ? {} : { 'idempotency-key': key }),
  };
  const first = await lab.call('POST', `/v1/models/${slug}/${kind}`, body, headers);
  if (key === null) return first;
  const again = await lab.call('POST', `/v1/models/${slug}/${kind}`, body, headers);
  expect(again.isReplayed, 'a used Idempotency-Key is answered from memory').toBe(true);
  expect([again.status, tallyOf(again)]).toEqual([first.status, tallyOf(first)]);
  return first;
}

function tallyOf({ status, body }: LabAnswer) {
  expect([202, 422], JSON.stringify(body)).toContain(status);
  const rejected = (body.rejected as { index: number; code: string }[]).map((row) => {
    expect(row.code).toBe('id_conflict');
    return row.index;
  });
  return { accepted: Number(body.accepted), duplicates: Number(body.duplicates), rejected };
}

/** Plays a schedule against a model and gives what the rules say must come of it. Checks every answer on the way. */
export async function play(
  lab: Laboratory,
  slug: string,
  modelId: string,
  history: History,
  steps: Step[],
): Promise<ExpectedState> {
  const state = emptyState(history);
  let acceptedEvents = 0;
  let isRetried = false;
  for (const { batches, work, isAsked } of steps) {
    const working = work.map(({ worker, job }) => lab.work(worker, job, modelId));
    const answers = await Promise.all(batches.map((batch) => post(lab, slug, batch)));
    await Promise.all(working);
    for (const [i, batch] of batches.entries()) {
      const expected = arrive(state, batch);
      const answer = answers[i];
      if (!answer) throw new Error('a batch without an answer');
      const tally = tallyOf(answer);
      const { accepted, duplicates, rejected } = tally;
      isRetried ||= answer.isRetried;
      if (batches.length === 1 && !answer.isRetried) expect(tally).toEqual(expected);
      expect(accepted + duplicates + rejected.length).toBe(batch.rows.length);
      if (batch.kind === 'events') acceptedEvents += accepted;
    }
    if (isAsked) {
      const { body: status } = await lab.call('GET', `/v1/models/${slug}/ingest-status`);
      expect(status.events).toBe(state.events.size);
      expect(await countedEvents(lab, slug), 'charts count what is mirrored').toBe(status.mirrored_events);
    }
  }
  if (!isRetried) expect(acceptedEvents, 'every id is accepted exactly once').toBe(state.events.size);
  await lab.settle(modelId);
  return state;
}
