import { toColumnarModel } from '@plumbline/columnar';
import { pageQuery, schemaAnswer, schemaChange } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { listOf } from '../../list-of.ts';
import { afterId, toPage } from '../../page.ts';
import { rowsWith, showChange, showFeature } from './show-schema.ts';

const tags = ['models'];
const config = { scope: 'read' as const };

const newestRows = 1000;
/** Features whose last value is looked for further back. */
const mostAbsent = 20;

type Sources = Pick<Deps, 'db' | 'columnar'>;

/** The newest prediction that had a value of the feature; epoch ms. */
async function lastSeenMs({ db, columnar }: Sources, model: ModelRecord, name: string) {
  const parts = await db.parts.live(model.id, { kinds: ['events'] });
  const [newest] = await columnar.listEvents(toColumnarModel(model), parts, {
    environment: 'production',
    filter: { field: `features.${name}`, op: 'not_null' },
    limit: 1,
  });
  return newest ? Date.parse(newest.prediction_timestamp) : null;
}

async function lastSeen(sources: Sources, model: ModelRecord, names: string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const name of names.slice(0, mostAbsent)) {
    const ms = await lastSeenMs(sources, model, name);
    if (ms !== null) found.set(name, ms);
  }
  return found;
}

export const schemaRoutes =
  ({ db, columnar }: Sources): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/models/:model/schema',
      {
        config,
        schema: {
          tags,
          summary: 'The features of a model as they are and as its newest rows show them',
          params: modelParams,
          response: { 200: schemaAnswer },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const [newest, firstSeen, changes] = await Promise.all([
          db.schemas.newestRows(model.id, newestRows),
          db.schemas.firstSeen(model.id),
          db.schemas.latest(model.id),
        ]);
        const absent = model.features.filter(
          ({ name, kind }) => kind !== 'embedding' && rowsWith(newest, name).length === 0,
        );
        const names = newest.length === 0 ? [] : absent.map(({ name }) => name);
        const sights = {
          newest,
          firstSeen,
          lastSeen: await lastSeen({ db, columnar }, model, names),
          latest: new Map(changes.map((change) => [change.feature, change])),
        };
        return {
          rows: newest.length,
          features: model.features.map((feature) => showFeature(feature, sights)),
        };
      },
    );

    app.get(
      '/v1/models/:model/schema/changes',
      {
        config,
        schema: {
          tags,
          summary: 'What became of the features, newest change first',
          params: modelParams,
          querystring: pageQuery,
          response: { 200: listOf(schemaChange) },
        },
      },
      async (request) => {
        const { limit, cursor } = request.query;
        const model = await findModel(db, request);
        const before = cursor === undefined ? {} : { before: afterId(cursor) };
        const rows = await db.schemas.changes(model.id, { limit: limit + 1, ...before });
        return toPage(rows, limit, showChange, (row) => ({ id: row.id }));
      },
    );
  };
