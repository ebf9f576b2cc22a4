import { type EventSelection, type PartRef, TooManyGroupsError, toColumnarModel } from '@plumbline/columnar';
import type { BinSet, ComparedSide, FairnessAnswer, FairnessQuery } from '@plumbline/contracts';
import type { BinSetRecord, ModelRecord } from '@plumbline/db';
import { besideDisparities, fairnessReport } from '@plumbline/metrics';
import { comparedWindow } from '../../compared-window.ts';
import type { Deps } from '../../deps.ts';
import { badQuery } from '../../page.ts';
import { parseSelection } from '../../parse-selection.ts';
import { timeText } from '../../time-text.ts';
import { type Attribute, attributesOf, rangeEdges } from './attributes.ts';

const maxGroups = 500;

type Sources = Pick<Deps, 'db' | 'columnar'>;

const listOf = (value: string | string[]): string[] => (typeof value === 'string' ? [value] : value);

/** Answers `GET …/fairness`: one scan of the selected events, and one of what they are compared with. @throws Problem 422 */
export async function fairness(
  sources: Sources,
  model: ModelRecord,
  query: FairnessQuery,
): Promise<FairnessAnswer> {
  const asked = attributesOf(model, listOf(query.attribute));
  if (asked.length === 0) throw badQuery('attribute', 'expected at least one attribute');
  const referenceGroup = query.reference_group === undefined ? null : listOf(query.reference_group);
  if (referenceGroup && referenceGroup.length !== asked.length)
    throw badQuery('reference_group', 'expected one value for every attribute');
  const favourableLabel = favourableOf(model, query.favourable_label);
  const selection = parseSelection(query);
  const parts = await partsOf(sources, model.id, selection);
  const binSet = await sources.db.profiles.binSet(model.id);
  const bins = await binsOf(sources, model, binSet, { asked, parts });
  const attributes = asked.map(({ field, isNumeric }) => {
    const edges = isNumeric ? rangeEdges(bins, field) : undefined;
    return { field, ...(edges ? { edges } : {}) };
  });
  const scan = (some: PartRef[], which: EventSelection) =>
    sources.columnar
      .groupOutcomes(toColumnarModel(model), some, { ...which, attributes, favourableLabel, maxGroups })
      .catch(refuseTooMany);
  const question = { task: model.task, attributes, favourableLabel };

  const found = await scan(parts, selection);
  const { groups, extent } = found;
  if (query.favourable_label !== undefined && groups.length > 0 && !found.hasLabel)
    throw badQuery('favourable_label', 'no event of the window is predicted or turned out so');
  const report = fairnessReport({ ...question, referenceGroup }, groups);
  if (referenceGroup && groups.length > 0 && report.reference_group === null)
    throw badQuery('reference_group', 'no group of the answer has these values, or it is too small');
  const fromMs = selection.fromMs ?? extent?.minMs;
  const toMs = selection.toMs ?? (extent ? extent.maxMs + 1 : undefined);
  const window = fromMs === undefined || toMs === undefined ? null : { fromMs, toMs };
  const answer = {
    window: window && { from: timeText(window.fromMs), to: timeText(window.toMs) },
    compared_to: null,
    ...report,
  };
  if (query.compare_to === undefined || !window) return answer;
  const other = await otherSide(sources, binSet, { selection, window, compareTo: query.compare_to });
  if (!other) return answer;
  const beside = fairnessReport(
    { ...question, referenceGroup: null },
    (await scan(other.parts, other.selection)).groups,
  );
  return {
    ...answer,
    compared_to: { ...other.side, n_events: beside.overall.n, n_labelled: beside.overall.n_labelled },
    disparities: besideDisparities(report.disparities, beside.disparities),
  };
}

function favourableOf({ task, positiveLabel }: ModelRecord, asked: string | undefined): string | null {
  const isClassification = task === 'binary_classification' || task === 'multiclass_classification';
  if (isClassification) return asked ?? positiveLabel;
  if (asked !== undefined) throw badQuery('favourable_label', 'only predictions of classes have one');
  return null;
}

function refuseTooMany(error: unknown): never {
  if (!(error instanceof TooManyGroupsError)) throw error;
  throw badQuery('attribute', `there are more than ${maxGroups} groups; choose attributes with fewer values`);
}

function partsOf({ db }: Sources, modelId: string, { fromMs, toMs }: EventSelection): Promise<PartRef[]> {
  return db.parts.live(modelId, {
    kinds: ['events', 'actuals'],
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  });
}

/** Bins of numeric attributes: the active ones, and for columns they lack made from the window. */
async function binsOf(
  { columnar }: Sources,
  model: ModelRecord,
  { body }: BinSetRecord,
  { asked, parts }: { asked: Attribute[]; parts: PartRef[] },
): Promise<BinSet> {
  const isLacking = ({ field, isNumeric }: Attribute) =>
    isNumeric && !body.columns.some(({ column }) => column === field);
  const lacking = new Set(asked.filter(isLacking).map(({ field }) => field));
  if (lacking.size === 0 || parts.length === 0) return body;
  const described = toColumnarModel(model);
  const features = described.features.filter(({ name }) => lacking.has(`features.${name}`));
  const made = await columnar.buildBinSet({ ...described, features }, parts);
  return { columns: [...body.columns, ...made.columns.filter(({ column }) => lacking.has(column))] };
}

interface OtherSide {
  parts: PartRef[];
  selection: EventSelection;
  side: Pick<ComparedSide, 'kind' | 'from' | 'to'>;
}

/** What the window is compared with; null when that is a reference and there is none. A filter holds for both sides. */
async function otherSide(
  sources: Sources,
  { modelId, reference }: BinSetRecord,
  asked: { selection: EventSelection; window: { fromMs: number; toMs: number }; compareTo: string },
): Promise<OtherSide | null> {
  const { selection, window, compareTo } = asked;
  if (compareTo !== 'reference') {
    const range = comparedWindow(compareTo, window);
    const other = { ...selection, ...range };
    const kind = compareTo === 'previous_period' ? compareTo : 'range';
    const side = { kind, from: timeText(range.fromMs), to: timeText(range.toMs) };
    return { parts: await partsOf(sources, modelId, other), selection: other, side };
  }
  if (!reference) return null;
  return {
    parts: await sources.db.parts.live(modelId, { kinds: ['reference'] }),
    selection: selection.filter ? { filter: selection.filter } : {},
    side: { kind: reference.source, from: timeText(reference.minMs), to: timeText(reference.maxMs) },
  };
}
