import { toColumnarModel } from '@plumbline/columnar';
import {
  columnName,
  columnRole,
  commonQuery,
  type DriftTimelineAnswer,
  driftTimelineAnswer,
  type Granularity,
  Problem,
} from '@plumbline/contracts';
import { judgeColumns, listWindows, windowProfiles } from '@plumbline/metrics';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { timeText } from '../../time-text.ts';
import { liveParts } from './live-parts.ts';
import { askQuestion, type Question, windowText } from './question.ts';
import { storedProfiles } from './stored-profiles.ts';
import { isStored } from './window-selection.ts';

/** Windows an answer holds at most: what a page can show side by side. */
const mostWindows = 60;

async function slotsOf(
  sources: Pick<Deps, 'db' | 'columnar'>,
  { model, binSet, body, selection }: Question,
  granularity: Granularity,
) {
  if (isStored(binSet, body, selection))
    return storedProfiles(sources, model, binSet, selection, granularity === 'hour' ? 'hour' : 'day');
  const parts = await liveParts(sources, model.id, selection);
  const query = { ...selection, grain: granularity, withPerformance: false };
  return sources.columnar.profiles(toColumnarModel(model), body, parts, query);
}

/** Every column's primary distance in the last windows of a question. @throws Problem 422 for far too many windows */
async function driftTimeline(
  sources: Pick<Deps, 'db' | 'columnar'>,
  question: Question,
  granularity: Granularity,
): Promise<DriftTimelineAnswer> {
  const { body, comparison, selection } = question;
  const all = listWindows(selection.fromMs, selection.toMs, granularity);
  if (!all) {
    throw new Problem('too-many-buckets', { detail: 'Ask for a shorter range or a coarser granularity.' });
  }
  const windows = all.slice(-mostWindows);
  const fromMs = Math.max(selection.fromMs, windows[0]?.startMs ?? selection.fromMs);
  const narrowed = { ...question, selection: { ...selection, fromMs } };
  const profiles = windowProfiles(windows, await slotsOf(sources, narrowed, granularity), null);
  const reference = comparison?.profile;
  const verdicts = reference ? profiles.map(({ profile }) => judgeColumns(body, reference, profile)) : [];
  const [first = []] = verdicts;
  return {
    window: windowText(selection),
    granularity,
    windows: reference ? windows.map(({ startMs }) => timeText(startMs)) : [],
    windows_total: all.length,
    columns: first.map(({ column, kind, metric, threshold }, i) => ({
      column: columnName(column),
      kind,
      role: columnRole(column),
      metric,
      threshold,
      points: verdicts.flatMap((ofWindow) => {
        const verdict = ofWindow[i];
        if (!verdict) return [];
        const { score, adjustedP, drifted } = verdict;
        const { value, n, status } = score;
        return [{ value, n, status, drifted, adjusted_p: adjustedP ?? null }];
      }),
    })),
  };
}

export const driftTimelineRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/models/:model/drift/timeline',
      {
        config: { scope: 'read' as const },
        schema: {
          tags: ['questions'],
          summary: 'The drift of every column, window by window',
          params: modelParams,
          querystring: commonQuery,
          response: { 200: driftTimelineAnswer },
        },
      },
      async (request) => {
        const model = await findModel(deps.db, request);
        const hasOther = (request.query.compare_to ?? 'reference') !== 'reference';
        const question = await askQuestion(deps, model, request.query, hasOther ? { column: null } : null);
        return driftTimeline(deps, question, request.query.granularity ?? 'day');
      },
    );
  };
