/** One line of a result: what was measured, in words, and what it is held against. */
export interface Line {
  what: string;
  value: string;
  /** Undefined where there is no limit to keep. */
  passed?: boolean;
}

export interface PartResult {
  title: string;
  /** How it was measured, for who reads the numbers later. */
  method: string;
  lines: Line[];
}

/** Nearest-rank quantile; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** Milliseconds that the work took, beside its result. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}

export const count = (n: number) => Math.round(n).toLocaleString('en-GB');
export const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
export const ratio = (n: number) => n.toFixed(2);
