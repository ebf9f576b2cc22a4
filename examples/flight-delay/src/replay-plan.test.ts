import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FlightDay } from './feature-rows.ts';
import { batches, planReplay, samplingStep } from './replay-plan.ts';

async function stepsOf(days: string[]): Promise<string[]> {
  async function* source(): AsyncGenerator<FlightDay> {
    for (const day of days) yield { day, flights: [] };
  }
  const steps: string[] = [];
  for await (const { kind, day } of planReplay(source())) steps.push(`${kind} ${day}`);
  return steps;
}

describe('planReplay', () => {
  test('posts the outcomes of a day after the events of the next day, the last at the end', async () => {
    expect(await stepsOf(['02-01', '02-02', '02-03'])).toEqual([
      'events 02-01',
      'events 02-02',
      'actuals 02-01',
      'events 02-03',
      'actuals 02-02',
      'actuals 02-03',
    ]);
  });

  test('an empty range has no steps, one day has two', async () => {
    expect(await stepsOf([])).toEqual([]);
    expect(await stepsOf(['06-30'])).toEqual(['events 06-30', 'actuals 06-30']);
  });
});

test('batches keep every item once, in order, and never pass the size', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (items, size) => {
      const cut = [...batches(items, size)];
      expect(cut.flat()).toEqual(items);
      expect(cut.every((batch) => batch.length > 0 && batch.length <= size)).toBe(true);
    }),
  );
});

test.each([
  [2_491_755, 170_000, 15],
  [100, 100, 1],
  [101, 100, 2],
  [0, 100, 1],
  [100, Number.POSITIVE_INFINITY, 1],
])('samplingStep of %d flights for at most %d events is %d', (count, maxEvents, step) => {
  expect(samplingStep(count, maxEvents)).toBe(step);
});
