/** Collects every difference between answers and expectations, so that one run shows them all. */
export interface Comparison {
  equal(path: string, actual: unknown, expected: unknown): void;
  /** Equal to 1e-9 of the value, both null, or below 1e-12. */
  close(path: string, actual: number | null | undefined, expected: number | null | undefined): void;
  within(path: string, actual: number | null, exact: number, bound: number | null): void;
  differences: string[];
  /** How many numbers were compared. */
  compared(): number;
}

const relative = 1e-9;
const absolute = 1e-12;

export function createComparison(): Comparison {
  const differences: string[] = [];
  let count = 0;
  const differ = (path: string, actual: unknown, expected: unknown) =>
    differences.push(`${path}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
  return {
    differences,
    compared: () => count,
    equal(path, actual, expected) {
      count += 1;
      if (actual !== expected) differ(path, actual, expected);
    },
    close(path, actual, expected) {
      count += 1;
      const [a, b] = [actual ?? null, expected ?? null];
      if (a === null || b === null) {
        if (a !== b) differ(path, a, b);
        return;
      }
      const reach = Math.max(absolute, relative * Math.max(Math.abs(a), Math.abs(b)));
      if (!(Math.abs(a - b) <= reach)) differ(path, a, b);
    },
    within(path, actual, exact, bound) {
      count += 1;
      const isInside =
        actual !== null && bound !== null && Math.abs(actual - exact) <= bound + relative * Math.abs(exact);
      if (!isInside) differ(`${path} ± ${bound}`, actual, exact);
    },
  };
}
