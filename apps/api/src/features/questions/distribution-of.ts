import { columnName, type DistributionAnswer, type Profile } from '@plumbline/contracts';
import { distribution, emptyColumnProfile } from '@plumbline/metrics';
import type { AskedColumn } from './find-column.ts';
import { foldRareValues } from './fold-rare-values.ts';
import { type Question, windowText } from './question.ts';
import { sensitiveColumns } from './window-expectations.ts';

/**
 * Both histograms of a column. One no event carries has no bins, and is missing in every event. Rare values of a
 * sensitive feature are not named.
 */
export function distributionOf(
  { model, body, comparison, selection }: Question,
  { key, kind }: AskedColumn,
  current: Profile,
): DistributionAnswer {
  const window = windowText(selection);
  const column = body.columns.find((candidate) => candidate.column === key);
  if (!column) {
    return {
      window,
      column: columnName(key),
      kind,
      n_reference: comparison && 0,
      n_current: 0,
      missing_current: current.events,
      missing_reference: comparison?.profile.events ?? null,
      bins: [],
    };
  }
  const empty = emptyColumnProfile(column.bins);
  const { columns = {}, events: missing = 0 } = comparison?.profile ?? {};
  const reference = comparison && (columns[key] ?? { ...empty, missing });
  const report = distribution(column, reference, current.columns[key] ?? empty);
  const name = columnName(report.column);
  const bins = sensitiveColumns(model).has(name) ? foldRareValues(report.bins) : report.bins;
  return { window, ...report, column: name, bins };
}
