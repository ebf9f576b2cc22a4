import { modelSlug, Problem } from '@plumbline/contracts';
import type { Db, ModelRecord } from '@plumbline/db';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { accessOf } from './plugins/auth.ts';

/** The path parameter of every route below a model. */
export const modelParams = z.object({ model: z.string() });

const finder =
  (way: 'find' | 'recall') =>
  async (db: Db, request: FastifyRequest): Promise<ModelRecord> => {
    const { model: slug } = request.params as z.infer<typeof modelParams>;
    const model = modelSlug.safeParse(slug).success
      ? await db.models[way](accessOf(request).projectId, slug)
      : null;
    if (!model) throw new Problem('unknown-model');
    return model;
  };

/** The asker's model. @throws Problem 404 alike for an absent model and another project's. */
export const findModel = finder('find');

/** As {@link findModel}, but perhaps as it was seconds ago: see `ModelStore.recall`. */
export const recallModel = finder('recall');

/** A path ending in an id. */
export const idParams = z.object({ id: z.string() });

/** What was found, or 404 with the same body as for another project's. */
export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Problem('not-found');
  return value;
}
