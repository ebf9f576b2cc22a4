import { readFileSync } from 'node:fs';

/** A method on the same data here and in another library. */
export interface Compared {
  method: string;
  data: string;
  ours: number;
  theirs: number;
  /** Largest |ours − theirs| ÷ max(1, |theirs|) that the page stands for. */
  tolerance: number;
  library: string;
}

export const readJson = <T>(path: string): T =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')) as T;

export type Versions = Record<string, string>;

/** Closed forms on the same counts: rounding alone. */
const rounding = 1e-9;

export function compared(
  method: string,
  data: string,
  ours: number | null | undefined,
  theirs: number,
  library: string,
  tolerance = rounding,
): Compared {
  return { method, data, ours: ours ?? Number.NaN, theirs, tolerance, library };
}
