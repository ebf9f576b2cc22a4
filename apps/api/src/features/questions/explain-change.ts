import { toColumnarModel } from '@plumbline/columnar';
import { columnName, type ExplainChangeAnswer, type ExplainChangeBody, Problem } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { changeRule, defaultChangeMetric, explainChange, wholeDimension } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { timeText } from '../../time-text.ts';
import { bodyQuery } from './body-query.ts';
import { findColumn } from './find-column.ts';
import { liveParts } from './live-parts.ts';
import { modelDimensions, type Side } from './model-dimensions.ts';
import { askQuestion, type Question, windowText } from './question.ts';
import { unfit } from './unfit.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;

const defaultLimit = 10;

/**
 * The change of a metric from the window compared with to the question's own, taken apart along every dimension.
 * `signal` stops it. @throws Problem 422 for a metric the task does not have, and for a column that does not exist
 */
export async function changeOf(
  sources: Sources,
  model: ModelRecord,
  body: ExplainChangeBody,
  signal: AbortSignal,
): Promise<ExplainChangeAnswer> {
  const metric = body.metric ?? defaultChangeMetric(model.task);
  const column = columnOf(model, body);
  const rule = changeRule(metric, model.task, column);
  if (!rule) throw unfit(metric, model.task);
  const question = await askQuestion(
    sources,
    model,
    { ...bodyQuery(body), compare_to: comparedText(body.compare_to) },
    { column: null },
    { columns: [], withPerformance: false, withAttributions: false },
  );
  const { selection, comparison } = question;
  const current = { selection, parts: await liveParts(sources, model.id, selection) };
  const other = await comparedOf(sources, question);
  const about = {
    window: windowText(selection),
    compared: comparison && {
      kind: comparison.kind,
      from: timeText(comparison.fromMs),
      to: timeText(comparison.toMs),
    },
    metric,
    column: column === null ? null : columnName(column),
    method: rule.method,
  };
  const all = await modelDimensions(sources, question, other ? [current, other] : [current]);
  const dimensions = [wholeDimension, ...all.filter(({ field }) => field !== column)];
  const counted = ({ selection: selected, parts }: Side) =>
    sources.columnar.segments(toColumnarModel(model), parts, selected, {
      dimensions,
      counting: rule.counting,
      signal,
    });
  const [after, before] = await Promise.all([counted(current), other ? counted(other) : []]);
  return {
    ...about,
    ...explainChange(
      { metric, rule, dimensions, before, after, scale: scaleOf(question) },
      body.limit ?? defaultLimit,
    ),
  };
}

function columnOf(model: ModelRecord, { metric, column }: ExplainChangeBody): string | null {
  if (metric !== 'missing_rate') return null;
  if (column !== undefined) return findColumn(model, column).key;
  const detail = 'missing_rate is of a column: name it';
  throw new Problem('validation-failed', {
    detail,
    errors: [{ pointer: '/column', code: 'required', detail }],
  });
}

function comparedText(compareTo: ExplainChangeBody['compare_to']): string {
  if (typeof compareTo !== 'object') return compareTo ?? 'reference';
  return JSON.stringify({ from: String(compareTo.from), to: String(compareTo.to) });
}

const isReference = (kind: string) => kind !== 'previous_period' && kind !== 'range';

async function comparedOf(
  sources: Sources,
  { model, selection, comparison }: Question,
): Promise<Side | null> {
  if (!comparison) return null;
  if (isReference(comparison.kind)) {
    const parts = await sources.db.parts.live(model.id, { kinds: ['reference'] });
    return { selection: selection.filter ? { filter: selection.filter } : {}, parts };
  }
  const other = { ...selection, fromMs: comparison.fromMs ?? 0, toMs: comparison.toMs ?? 0 };
  return { selection: other, parts: await liveParts(sources, model.id, other) };
}

/** How much longer the window is than the one compared with. */
function scaleOf({ selection, comparison }: Question): number | null {
  const { fromMs = null, toMs = null } = comparison ?? {};
  if (fromMs === null || toMs === null || toMs <= fromMs) return null;
  return (selection.toMs - selection.fromMs) / (toMs - fromMs);
}
