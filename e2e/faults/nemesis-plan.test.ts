import { expect, test } from 'vitest';
import { countsFor, planFaults } from './nemesis-plan.ts';

const minute = 60_000;

test('a plan follows from its seed alone', () => {
  expect(planFaults(5, minute, countsFor(minute))).toEqual(planFaults(5, minute, countsFor(minute)));
  expect(planFaults(5, minute, countsFor(minute))).not.toEqual(planFaults(6, minute, countsFor(minute)));
});

test.each([1, 2, 3, 4, 5])(
  'plan %i holds every fault asked for, in order of time and within the run',
  (seed) => {
    const plan = planFaults(seed, minute, countsFor(minute));
    const times = plan.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.max(...times)).toBeLessThanOrEqual(minute);
    const count = (kind: string, target: string) =>
      plan.filter((fault) => fault.kind === kind && fault.target === target).length;
    expect({
      kill: ['api', 'worker', 'postgres', 'everything'].map((target) => count('kill', target)),
      freeze: ['api', 'worker', 'postgres'].map((target) => count('freeze', target)),
      terminate: ['api', 'worker'].map((target) => count('terminate', target)),
    }).toEqual({ kill: [5, 5, 4, 2], freeze: [1, 1, 1], terminate: [2, 1] });
    for (const fault of plan) {
      if (fault.kind === 'freeze') expect(fault.forMs >= 2000 && fault.forMs <= 5000).toBe(true);
    }
  },
);
