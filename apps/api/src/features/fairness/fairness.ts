import { TooManyGroupsError } from '@plumbline/columnar';
import type { BinSet, FairnessAnswer, FairnessQuery } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { fairnessReport } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { badQuery } from '../../page.ts';
import { parseSelection } from '../../parse-selection.ts';
import { timeText } from '../../time-text.ts';
import { toColumnarModel } from '../../to-columnar-model.ts';
import { attributesOf, rangeEdges } from './attributes.ts';

const maxGroups = 500;

const listOf = (value: string | string[]): string[] => (typeof value === 'string' ? [value] : value);

/** Answers `GET …/fairness`: one scan of the selected events. @throws Problem 422 */
export async function fairness(
  { db, columnar }: Pick<Deps, 'db' | 'columnar'>,
  model: ModelRecord,
  query: FairnessQuery,
): Promise<FairnessAnswer> {
  const asked = attributesOf(model, listOf(query.attribute));
  if (asked.length === 0) throw badQuery('attribute', 'expected at least one attribute');
  const referenceGroup = query.reference_group === undefined ? null : listOf(query.reference_group);
  if (referenceGroup && referenceGroup.length !== asked.length)
    throw badQuery('reference_group', 'expected one value for every attribute');
  const isClassification =
    model.task === 'binary_classification' || model.task === 'multiclass_classification';
  if (query.favourable_label !== undefined && !isClassification)
    throw badQuery('favourable_label', 'only predictions of classes have one');
  const favourableLabel = isClassification ? (query.favourable_label ?? model.positiveLabel) : null;

  const selection = parseSelection(query);
  const { fromMs, toMs } = selection;
  const parts = await db.parts.live(model.id, {
    kinds: ['events', 'actuals'],
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  });
  const described = toColumnarModel(model);
  const numeric = asked.filter(({ isNumeric }) => isNumeric).map(({ field }) => field);
  const bins = await binsOf(numeric);
  const attributes = asked.map(({ field }) => {
    const edges = numeric.includes(field) ? rangeEdges(bins, field) : undefined;
    return { field, ...(edges ? { edges } : {}) };
  });
  const found = await columnar
    .groupOutcomes(described, parts, { ...selection, attributes, favourableLabel, maxGroups })
    .catch((error: unknown) => {
      if (!(error instanceof TooManyGroupsError)) throw error;
      throw badQuery(
        'attribute',
        `there are more than ${maxGroups} groups; choose attributes with fewer values`,
      );
    });
  if (query.favourable_label !== undefined && found.groups.length > 0 && !found.hasLabel)
    throw badQuery('favourable_label', 'no event of the window is predicted or turned out so');
  const report = fairnessReport(
    { task: model.task, attributes, favourableLabel, referenceGroup },
    found.groups,
  );
  if (referenceGroup && found.groups.length > 0 && report.reference_group === null)
    throw badQuery('reference_group', 'no group of the answer has these values, or it is too small');
  const { extent } = found;
  const from = fromMs ?? extent?.minMs;
  const to = toMs ?? (extent && extent.maxMs + 1);
  const window =
    typeof from === 'number' && typeof to === 'number' ? { from: timeText(from), to: timeText(to) } : null;
  return { window, ...report };

  /** Bins of numeric columns: the active ones, and for columns they lack made from the window. */
  async function binsOf(columns: string[]): Promise<BinSet> {
    if (columns.length === 0) return { columns: [] };
    const { body } = await db.profiles.binSet(model.id);
    const lacking = columns.filter((field) => !body.columns.some(({ column }) => column === field));
    if (lacking.length === 0 || parts.length === 0) return body;
    const features = described.features.filter(({ name }) => lacking.includes(`features.${name}`));
    const made = await columnar.buildBinSet({ ...described, features }, parts);
    return { columns: [...body.columns, ...made.columns.filter(({ column }) => lacking.includes(column))] };
  }
}
