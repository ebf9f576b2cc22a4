import { toColumnarModel } from '@plumbline/columnar';
import {
  type CommonQuery,
  commonQuery,
  Problem,
  type RepeatsAnswer,
  repeatsAnswer,
} from '@plumbline/contracts';
import { listWindows, repeatsReport } from '@plumbline/metrics';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { timeText } from '../../time-text.ts';
import { otherSide } from './drift.ts';
import { liveParts } from './live-parts.ts';
import { askQuestion, type Question, windowText } from './question.ts';

/** Rows whose features repeat those of another row, counted in the rows themselves. @throws Problem 422 for too many windows */
async function repeats(
  sources: Pick<Deps, 'db' | 'columnar'>,
  question: Question,
  { compare_to: compareTo, granularity = 'day' }: CommonQuery,
): Promise<RepeatsAnswer> {
  const { model, selection, comparison } = question;
  if (!listWindows(selection.fromMs, selection.toMs, granularity))
    throw new Problem('too-many-buckets', { detail: 'Ask for a shorter range or a coarser granularity.' });
  const columnarModel = toColumnarModel(model);
  const columns = model.features
    .filter(({ kind }) => kind !== 'embedding')
    .map(({ name }) => `features.${name}`);
  const count = (
    { parts, selection: of }: Awaited<ReturnType<typeof otherSide>>,
    grain: typeof granularity | 'all',
  ) => sources.columnar.distinctRows(columnarModel, parts, of, { columns, grain });
  const here = { parts: await liveParts(sources, model.id, selection), selection };
  const [whole = { rows: 0, distinct: 0 }] = await count(here, 'all');
  const current = await count(here, granularity);
  const reference = comparison ? await count(await otherSide(sources, question, compareTo), granularity) : [];
  const { points, ...report } = repeatsReport({ whole, current, reference });
  return {
    window: windowText(selection),
    granularity,
    features: columns.length,
    ...report,
    points: points.map(({ startMs, ...point }) => ({ window_start: timeText(startMs), ...point })),
  };
}

export const repeatRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/models/:model/quality/repeats',
      {
        config: { scope: 'read' as const },
        schema: {
          tags: ['questions'],
          summary: 'Rows whose features repeat those of another row',
          params: modelParams,
          querystring: commonQuery,
          response: { 200: repeatsAnswer },
        },
      },
      async (request) => {
        const model = await findModel(deps.db, request);
        const needs = { columns: [], withPerformance: false, withAttributions: false };
        const question = await askQuestion(deps, model, request.query, null, needs);
        return repeats(deps, question, request.query);
      },
    );
  };
