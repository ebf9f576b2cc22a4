import { columnName, type Profile } from '@plumbline/contracts';
import type { BinSetRecord } from '@plumbline/db';
import { distribution, type JudgedPoint, type MetricDescriptor } from '@plumbline/metrics';

const topBins = 5;

/** The bins of a column whose shares moved most against the reference; shares of the values present, in [0, 1]. */
function movedBins(binSet: BinSetRecord, columnKey: string, current: Profile) {
  const column = binSet.body.columns.find((candidate) => candidate.column === columnKey);
  const reference = binSet.referenceProfile?.columns[columnKey];
  const profile = current.columns[columnKey];
  if (!column || !reference || !profile) return [];
  return distribution(column, reference, profile)
    .bins.map(({ label, reference_share, current_share }) => ({
      bin: label,
      reference_share,
      current_share,
      change: (current_share ?? 0) - (reference_share ?? 0),
    }))
    .filter((bin) => bin.change !== 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, topBins);
}

/** What the number of an incident rests on: sizes, interval, label coverage and, for drift, where the column moved. */
export function evidenceOf(
  descriptor: MetricDescriptor,
  columnKey: string,
  { score }: JudgedPoint,
  binSet: BinSetRecord,
  current: Profile,
): Record<string, unknown> {
  const { events, performance } = current;
  return {
    n: score.n,
    n_reference: score.nReference ?? null,
    events,
    label_coverage: events > 0 ? performance.labelled / events : null,
    value: score.value,
    lower: score.lower ?? null,
    upper: score.upper ?? null,
    p_value: score.pValue ?? null,
    exactness: score.exactness,
    ...(descriptor.family === 'drift' && columnKey
      ? { column: columnName(columnKey), bins: movedBins(binSet, columnKey, current) }
      : {}),
  };
}
