import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkPlay } from './check-play.ts';
import { exactness } from './env.ts';
import { type History, histories } from './history.ts';
import { type Laboratory, openLaboratory } from './laboratory.ts';
import { differences } from './observe.ts';
import { makeModel, play } from './play.ts';
import { orderedSchedule, randomFrom, type Step, shuffledSchedule } from './schedule.ts';

const workers = 3;
/** Histories played at the same time, each on models of its own. */
const lanes = 3;
const minuteMs = 60_000;

let lab: Laboratory;
beforeAll(async () => {
  lab = await openLaboratory({ workers });
});
afterAll(() => lab.close());

let models = 0;

async function observed(history: History, steps: Step[]) {
  models += 1;
  const slug = `play-${models}`;
  const id = await makeModel(lab, history, slug);
  const state = await play(lab, slug, id, history, steps);
  return { state, answers: await checkPlay(lab, history, { id, slug }, state) };
}

const property = fc.asyncProperty(histories, fc.integer(), async (history, seed) => {
  const [ordered, shuffled] = await Promise.all([
    observed(history, orderedSchedule(history)),
    observed(history, shuffledSchedule(history, randomFrom(seed), workers)),
  ]);
  expect(shuffled.state.events).toEqual(ordered.state.events);
  expect(shuffled.state.actuals).toEqual(ordered.state.actuals);
  expect(differences(shuffled.answers, ordered.answers)).toEqual([]);
});

/** Runs the property; a failure names the seed that repeats and, given as EXACTNESS_SEED, shrinks it. */
async function search(lane: number): Promise<void> {
  const { runs, seed } = exactness;
  const options = seed === undefined ? { endOnFailure: true } : { seed: seed + lane };
  const found = await fc.check(property, { numRuns: Math.ceil(runs / lanes), ...options });
  if (!found.failed) return;
  const counterexample = JSON.stringify(found.counterexample).slice(0, 4_000);
  throw new Error(`EXACTNESS_SEED=${found.seed - lane} run ${found.numRuns}: ${counterexample}`, {
    cause: found.errorInstance,
  });
}

test.concurrent.for(Array.from({ length: lanes }, (_, lane) => lane))(
  'a history shuffled, split, repeated and interleaved with workers comes to its ordered run and to the rules (lane %i)',
  { timeout: 60 * minuteMs },
  search,
);
