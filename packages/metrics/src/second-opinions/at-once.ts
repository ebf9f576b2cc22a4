import type { Outcome } from './finding.ts';

/** A test that takes no time to speak of: yields once, before it. */
export const atOnce = <Sides>(run: (sides: Sides) => Outcome) =>
  function* (sides: Sides): Generator<void, Outcome> {
    yield;
    return run(sides);
  };
