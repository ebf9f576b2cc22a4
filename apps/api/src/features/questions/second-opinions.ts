import { toColumnarModel } from '@plumbline/columnar';
import {
  type CommonQuery,
  columnName,
  commonQuery,
  type SecondOpinionsAnswer,
  secondOpinionsAnswer,
} from '@plumbline/contracts';
import { secondOpinions } from '@plumbline/metrics';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { timeText } from '../../time-text.ts';
import { otherSide } from './drift.ts';
import { type AskedColumn, findColumn } from './find-column.ts';
import { finishBetweenRequests } from './finish-between-requests.ts';
import { liveParts } from './live-parts.ts';
import { askQuestion, type Question, windowText } from './question.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;
type Side = Awaited<ReturnType<typeof otherSide>>;

/** Events of a side that are drawn at most. */
const limit = 10_000;

async function drawSide({ columnar }: Sources, { model }: Question, { key }: AskedColumn, side: Side) {
  const columnarModel = toColumnarModel(model);
  const [events, drawn] = await Promise.all([
    columnar.count(columnarModel, side.parts, side.selection),
    columnar.sample(columnarModel, side.parts, side.selection, { columns: [key], limit }),
  ]);
  return { events, values: drawn.columns[0]?.values ?? [] };
}

async function answerOf(
  sources: Sources,
  {
    question,
    asked,
    compareTo,
  }: { question: Question; asked: AskedColumn; compareTo: CommonQuery['compare_to'] },
  isWanted: () => boolean,
): Promise<SecondOpinionsAnswer | null> {
  const { model, selection, comparison } = question;
  const other = comparison ? await otherSide(sources, question, compareTo) : { parts: [], selection };
  const here = { parts: await liveParts(sources, model.id, selection), selection };
  const reference = await drawSide(sources, question, asked, other);
  const current = await drawSide(sources, question, asked, here);
  const isSampled = { reference: reference.events > limit, current: current.events > limit };
  const work = secondOpinions({ reference: reference.values, current: current.values, isSampled });
  const tests = comparison ? await finishBetweenRequests(work, isWanted) : [];
  return (
    tests && {
      window: windowText(selection),
      column: columnName(asked.key),
      kind: asked.kind,
      reference: comparison && {
        kind: comparison.kind,
        from: timeText(comparison.fromMs),
        to: timeText(comparison.toMs),
      },
      sample: { limit, events_reference: reference.events, events_current: current.events },
      tests,
    }
  );
}

export const secondOpinionRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/models/:model/drift/tests',
      {
        config: { scope: 'read' as const },
        schema: {
          tags: ['questions'],
          summary: 'What other tests say of the drift of a column',
          description:
            'Every test that fits the kind of the column, on its values in up to 10 000 events of each side. ' +
            'Second opinions: no alarm and no verdict depends on them.',
          params: modelParams,
          querystring: commonQuery.extend({ column: z.string().min(1).max(300) }),
          response: { 200: secondOpinionsAnswer },
        },
      },
      async (request, reply) => {
        const model = await findModel(deps.db, request);
        const { column, compare_to: compareTo } = request.query;
        const asked = findColumn(model, column);
        const needs = { columns: [asked.key], withPerformance: false, withAttributions: false };
        const question = await askQuestion(deps, model, request.query, null, needs);
        const isWanted = () => !request.raw.socket.destroyed;
        const answer = await answerOf(deps, { question, asked, compareTo }, isWanted);
        return answer ?? reply.hijack();
      },
    );
  };
