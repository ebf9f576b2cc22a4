import { toColumnarModel } from '@plumbline/columnar';
import { commonQuery, eventAnswer, eventRow, ingestStatus, Problem, pageQuery } from '@plumbline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { listOf } from '../../list-of.ts';
import { decodeCursor, toPage } from '../../page.ts';
import { parseSelection } from '../../parse-selection.ts';
import { timeText } from '../../time-text.ts';
import { showEvent } from './show-event.ts';

const tags = ['events'];
const config = { scope: 'read' as const };

export const eventRoutes =
  ({ db, columnar }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/models/:model/events/:prediction_id',
      {
        config,
        schema: {
          tags,
          summary: 'One event with its actual',
          params: modelParams.extend({ prediction_id: z.string() }),
          response: { 200: eventAnswer },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const id = request.params.prediction_id;
        const event = id.includes('\u0000') ? null : await db.events.find(model.id, id);
        if (!event) throw new Problem('unknown-event');
        return showEvent(event);
      },
    );

    app.get(
      '/v1/models/:model/events',
      {
        config,
        schema: {
          tags,
          summary: 'Events, newest first',
          params: modelParams,
          querystring: commonQuery.extend(pageQuery.shape),
          response: { 200: listOf(eventRow) },
        },
      },
      async (request) => {
        const { limit, cursor } = request.query;
        const model = await findModel(db, request);
        const selection = parseSelection(request.query);
        const before = cursor === undefined ? null : decodeCursor(cursor, { at: 'number', id: 'string' });
        const { fromMs, toMs } = selection;
        const parts = await db.parts.live(model.id, {
          kinds: ['events', 'actuals'],
          ...(fromMs === undefined ? {} : { fromMs }),
          ...(toMs === undefined ? {} : { toMs }),
        });
        const rows = await columnar.listEvents(toColumnarModel(model), parts, {
          ...selection,
          limit: limit + 1,
          ...(before ? { before: { predictedMs: before.at, predictionId: before.id } } : {}),
        });
        return toPage(
          rows,
          limit,
          (row) => row,
          (row) => ({
            at: Date.parse(row.prediction_timestamp),
            id: row.prediction_id,
          }),
        );
      },
    );

    app.get(
      '/v1/models/:model/ingest-status',
      {
        config,
        schema: {
          tags,
          summary: 'How many events are stored, and how many charts can see',
          params: modelParams,
          response: { 200: ingestStatus },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const { events, actuals, mirrored, lastEventAt, oldestPendingAt } = await db.events.status(model.id);
        const lag =
          oldestPendingAt === null ? 0 : Math.max(0, (Date.now() - oldestPendingAt.getTime()) / 1000);
        return {
          events,
          actuals,
          mirrored_events: mirrored,
          last_event_at: timeText(lastEventAt),
          lag_seconds: lastEventAt === null && oldestPendingAt === null ? null : lag,
        };
      },
    );
  };
