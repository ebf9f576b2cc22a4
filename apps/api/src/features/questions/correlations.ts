import { toColumnarModel } from '@plumbline/columnar';
import {
  type CommonQuery,
  type CorrelationsAnswer,
  columnName,
  commonQuery,
  correlationsAnswer,
} from '@plumbline/contracts';
import {
  correlationChanges,
  correlationSignificance,
  importantColumns,
  smallestCorrelationChange,
} from '@plumbline/metrics';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { timeText } from '../../time-text.ts';
import { otherSide } from './drift.ts';
import { finishBetweenRequests } from './finish-between-requests.ts';
import { liveParts } from './live-parts.ts';
import { askQuestion, currentProfile, type Question, windowText } from './question.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;
type Side = Awaited<ReturnType<typeof otherSide>>;

/** Events of a side that are drawn at most. */
const limit = 5_000;

/** Features looked at: 780 pairs. */
const mostColumns = 40;

async function drawSide({ columnar }: Sources, { model }: Question, columns: string[], side: Side) {
  const columnarModel = toColumnarModel(model);
  const [events, drawn] = await Promise.all([
    columnar.count(columnarModel, side.parts, side.selection),
    columnar.sample(columnarModel, side.parts, side.selection, { columns, limit }),
  ]);
  return { events, columns: drawn.columns };
}

/** Null as soon as nobody waits for it. */
async function correlations(
  sources: Sources,
  question: Question,
  compareTo: CommonQuery['compare_to'],
  isWanted: () => boolean,
): Promise<CorrelationsAnswer | null> {
  const { model, body, selection, comparison } = question;
  const sides = { reference: comparison?.profile ?? null, current: await currentProfile(sources, question) };
  const { columns, total, importanceOf } = importantColumns(body, sides, mostColumns);
  const here = { parts: await liveParts(sources, model.id, selection), selection };
  const current = await drawSide(sources, question, columns, here);
  const other = comparison && (await otherSide(sources, question, compareTo));
  const reference = other ? await drawSide(sources, question, columns, other) : { events: 0, columns: [] };
  const work = correlationChanges(reference.columns, current.columns);
  const pairs = await finishBetweenRequests(work, isWanted);
  return (
    pairs && {
      window: windowText(selection),
      reference: comparison && {
        kind: comparison.kind,
        from: timeText(comparison.fromMs),
        to: timeText(comparison.toMs),
      },
      sample: { limit, events_reference: reference.events, events_current: current.events },
      smallest_change: smallestCorrelationChange,
      significance: correlationSignificance,
      columns: columns.map(columnName),
      columns_total: total,
      importance_of: importanceOf,
      pairs: pairs.map((pair) => ({
        ...pair,
        columns: [columnName(pair.columns[0]), columnName(pair.columns[1])] as [string, string],
      })),
    }
  );
}

export const correlationRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/models/:model/quality/correlations',
      {
        config: { scope: 'read' as const },
        schema: {
          tags: ['questions'],
          summary: 'Which features no longer go together as they did',
          description:
            'Correlations and associations of every two of the 40 most important features, in up to 5 000 events of ' +
            'each side. Asked by people: no alarm depends on them.',
          params: modelParams,
          querystring: commonQuery,
          response: { 200: correlationsAnswer },
        },
      },
      async (request, reply) => {
        const model = await findModel(deps.db, request);
        const question = await askQuestion(deps, model, request.query, null, {
          columns: [],
          withPerformance: false,
        });
        const isWanted = () => !request.raw.socket.destroyed;
        const answer = await correlations(deps, question, request.query.compare_to, isWanted);
        return answer ?? reply.hijack();
      },
    );
  };
