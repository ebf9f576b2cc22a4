import { binIndex, deviationLimit, doaneEdges, jsDistance } from '@plumbline/stats';
import { type ColumnValues, type LibraryRule, presentOf, withoutDrift } from './library-drift.ts';

/** The number of chunks that NannyML's default chunker cuts the reference into. */
const chunkCount = 10;
const deviations = 3;

/** Rows by bin; the last bin holds what the reference has no bin for. */
type Count = (values: readonly (number | string)[]) => number[];

const method = {
  metric: 'nannyml_jensen_shannon',
  method:
    'Jensen–Shannon distance, base 2, on bins by Doane’s rule or categories of the reference; drift beyond the mean and three standard deviations of ten chunks of the reference',
};

/**
 * Drift of a column as NannyML 0.13 finds it by default, the window being one chunk.
 *
 * The Jensen–Shannon distance in base 2 between the reference and the chunk on bins by Doane's rule (numbers) or the
 * reference's categories, with one more bin for values outside of them. The threshold is the mean of the distances of
 * the reference's ten chunks of equally many rows (and one of the rest, if any) plus three standard deviations
 * (population form); chunks are cut by rows, missing ones included, and those without values do not count. NannyML
 * fails on a reference of fewer than ten rows; here the status is `insufficient_data`.
 * Source: nannyml 0.13.1, `drift/univariate/methods.py`, `thresholds.py`, `chunk.py`.
 */
export const nannymlDrift: LibraryRule = ({ kind, reference, current }) => {
  const known = presentOf(reference);
  const present = presentOf(current);
  if (known.length === 0 || present.length === 0) return withoutDrift(method, 'empty');
  if (reference.length < chunkCount) return withoutDrift(method, 'insufficient_data');
  const count = kind === 'numeric' ? rangeCount(known) : categoryCount(known);
  const expected = count(known);
  const distanceOf = (values: readonly (number | string)[]) => jsDistance(expected, count(values));
  const distances = chunksOf(reference).map((chunk) => distanceOf(presentOf(chunk)));
  const threshold = deviationLimit(
    distances.filter((distance) => distance !== undefined),
    deviations,
  );
  const value = distanceOf(present);
  if (value === undefined || threshold === undefined) return withoutDrift(method, 'degenerate');
  return { ...method, value, pValue: null, threshold, drifted: value > threshold, status: 'ok' };
};

function rangeCount(reference: readonly (number | string)[]): Count {
  const edges = doaneEdges(Float64Array.from(reference, Number)) ?? [0, 1];
  const bins = edges.length - 1;
  return (values) => {
    const counts = new Array<number>(bins + 1).fill(0);
    for (const value of values) {
      const place = binIndex(edges, Number(value)) ?? 0;
      const bin = place === 0 || place > bins ? bins : place - 1;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts;
  };
}

function categoryCount(reference: readonly (number | string)[]): Count {
  const places = new Map([...new Set(reference)].map((value, i) => [value, i]));
  return (values) => {
    const counts = new Array<number>(places.size + 1).fill(0);
    for (const value of values) {
      const bin = places.get(value) ?? places.size;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts;
  };
}

function chunksOf(rows: ColumnValues): ColumnValues[] {
  const size = Math.floor(rows.length / chunkCount);
  const chunks: ColumnValues[] = [];
  for (let start = 0; start < rows.length; start += size) chunks.push(rows.slice(start, start + size));
  return chunks;
}
