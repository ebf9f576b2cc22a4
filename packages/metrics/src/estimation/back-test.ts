/** Shortest run of windows beyond the limit that takes the trust from an estimate. */
const distrustRun = 3;
/** Standard errors between estimated and realised value that still pass. */
export const biasLimit = 3;
/** Least share of events with an actual for a window to be held against its estimate. */
export const backTestCoverage = 0.8;

/** A window whose labels have arrived: what was estimated and what came true. */
interface BackTestWindow {
  estimated: number | null;
  realised: number | null;
  /** Share of the events that have an actual. */
  coverage: number;
  /** Of the difference, by chance; undefined or 0 where nothing can be said. */
  standardError: number | undefined;
}

/** (estimated − realised) in standard errors; null where labels or a value are missing. */
export function biasOf({ estimated, realised, coverage, standardError }: BackTestWindow): number | null {
  if (estimated === null || realised === null || coverage < backTestCoverage || !standardError) return null;
  return (estimated - realised) / standardError;
}

/** Whether the last windows that could be tested, in order of time, all missed by more than 3 standard errors. */
export function isDistrusted(biases: readonly (number | null)[]): boolean {
  const tested = biases.filter((bias) => bias !== null).slice(-distrustRun);
  return tested.length === distrustRun && tested.every((bias) => Math.abs(bias) > biasLimit);
}
