/** Windows of the reference with fewer rows say nothing. */
const leastRows = 100;
/** Fewer windows do not show how much windows differ. */
const leastReferenceWindows = 3;

/**
 * Row numbers of the reference by consecutive windows of `windowMs` that begin with its first row; those with fewer than
 * a hundred rows are left out. Empty when there are fewer than three: then the reference cannot say how much its own
 * windows differ.
 */
export function referenceWindows(times: Float64Array, windowMs: number): number[][] {
  const start = times.reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY);
  const windows = new Map<number, number[]>();
  times.forEach((time, row) => {
    const index = Math.floor((time - start) / windowMs);
    const rows = windows.get(index) ?? [];
    rows.push(row);
    windows.set(index, rows);
  });
  const large = [...windows]
    .sort(([a], [b]) => a - b)
    .map(([, rows]) => rows)
    .filter((rows) => rows.length >= leastRows);
  return large.length >= leastReferenceWindows ? large : [];
}
