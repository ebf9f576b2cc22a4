import {
  discardAnswer,
  discardBody,
  mappingRulesBody,
  quarantineAnswer,
  quarantineQuery,
  replayAnswer,
  replayBody,
} from '@plumbline/contracts';
import { createNegativeLabels } from '@plumbline/intake';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { afterId, toPage } from '../../page.ts';
import { createRefresher } from '../../refresher.ts';
import { replayQuarantine } from './replay-quarantine.ts';
import { showGroup, showRow } from './show-row.ts';

const tags = ['quarantine'];

export const quarantineRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = deps;
    const intake = { db, labels: createNegativeLabels(db), refresh: createRefresher(deps) };

    app.get(
      '/v1/models/:model/quarantine',
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'Rejected rows, newest first, with counts by code and field',
          params: modelParams,
          querystring: quarantineQuery,
          response: { 200: quarantineAnswer },
        },
      },
      async (request) => {
        const { limit, cursor, ...selection } = request.query;
        const model = await findModel(db, request);
        const before = cursor === undefined ? {} : { before: afterId(cursor) };
        const [rows, groups] = await Promise.all([
          db.quarantine.list(model.id, selection, { limit: limit + 1, ...before }),
          db.quarantine.groups(model.id, selection),
        ]);
        return { ...toPage(rows, limit, showRow, (row) => ({ id: row.id })), summary: groups.map(showGroup) };
      },
    );

    app.post(
      '/v1/models/:model/quarantine/replay',
      {
        config: { scope: 'ingest' },
        schema: {
          tags,
          summary: 'Take waiting rows in again, by the present schema and mapping rules',
          params: modelParams,
          body: replayBody,
          response: { 200: replayAnswer },
        },
      },
      async (request) => replayQuarantine(intake, await findModel(db, request), request.body),
    );

    app.post(
      '/v1/models/:model/quarantine/discard',
      {
        config: { scope: 'admin' },
        schema: {
          tags,
          summary: 'Settle waiting rows without storing them',
          params: modelParams,
          body: discardBody,
          response: { 200: discardAnswer },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const { ids, code, field, kind } = request.body;
        return { discarded: await db.quarantine.discard(model.id, { ids, code, field, kind }) };
      },
    );

    app.get(
      '/v1/models/:model/mapping-rules',
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'The rules that mend rows before they are checked',
          params: modelParams,
          response: { 200: mappingRulesBody },
        },
      },
      async (request) => ({ rules: (await findModel(db, request)).mappingRules }),
    );

    app.put(
      '/v1/models/:model/mapping-rules',
      {
        config: { scope: 'admin' },
        schema: {
          tags,
          summary: 'Replace the mapping rules; they hold for rows that come from now on and for replays',
          params: modelParams,
          body: mappingRulesBody,
          response: { 200: mappingRulesBody },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        await db.models.setMappingRules(model.id, request.body.rules);
        return request.body;
      },
    );
  };
