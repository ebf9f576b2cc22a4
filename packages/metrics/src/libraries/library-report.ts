import { type BinSet, columnRole, type DriftAnswer, type Profile } from '@plumbline/contracts';
import { attributionDrift } from '../drift/attribution-drift.ts';
import { datasetDrift } from '../drift/dataset-drift.ts';
import { withImportance } from '../drift/importance-shares.ts';
import type { DriftReport } from '../drift-report.ts';
import { evidentlyDrift } from './evidently-drift.ts';
import { type LibraryRule, presentOf, type RawColumn } from './library-drift.ts';
import { nannymlDrift } from './nannyml-drift.ts';

/** Libraries whose default drift rules are reproduced. */
export type DriftLibrary = 'evidently' | 'nannyml';

const rules: Record<DriftLibrary, LibraryRule> = { evidently: evidentlyDrift, nannyml: nannymlDrift };

type DriftColumn = DriftAnswer['columns'][number];

/** A column of a drift answer by the default rules of a library, from raw rows; `column` is its internal key. */
export function libraryColumn(library: DriftLibrary, column: string, raw: RawColumn): DriftColumn {
  const { metric, method, value, pValue, threshold, drifted, status } = rules[library](raw);
  const [reference, current] = [presentOf(raw.reference).length, presentOf(raw.current).length];
  const missingRate = (n: number, rows: number) => (rows === 0 ? null : (rows - n) / rows);
  return {
    column,
    kind: raw.kind,
    role: columnRole(column),
    n_reference: reference,
    n_current: current,
    primary: metric,
    drifted,
    metrics: [
      {
        metric,
        method,
        value,
        p_value: pValue,
        threshold,
        drifted,
        status,
        exactness: 'exact',
        error_bound: status === 'ok' ? 0 : null,
      },
    ],
    missing_rate: missingRate(current, raw.current.length),
    missing_rate_reference: missingRate(reference, raw.reference.length),
  };
}

/** The drift answer over columns judged by a library; the profiles give importance and attributions. */
export function libraryReport(
  columns: readonly DriftColumn[],
  { binSet, reference, current }: { binSet: BinSet; reference: Profile | null; current: Profile },
): DriftReport {
  const verdicts = columns.map(({ column, drifted, metrics }) => ({
    column,
    isJudged: metrics.some(({ status }) => status === 'ok'),
    drifted,
    adjustedP: undefined,
  }));
  return {
    dataset: datasetDrift(verdicts, reference, current),
    columns: withImportance(columns, reference, current),
    attribution: attributionDrift(binSet, reference, current),
  };
}
