import { isDeepStrictEqual } from 'node:util';
import { type Feature, type MappingRule, maxTags, type Tag, type Task } from '@plumbline/contracts';
import type { Pool, PoolClient } from 'pg';
import type { Feature as FeatureRow, Prisma, PrismaClient } from './generated/client.ts';
import { type FeatureRecord, type ModelRecord, readModels } from './model-record.ts';
import { removeModel } from './remove-model.ts';
import { transaction } from './transaction.ts';
import { UnknownModelError } from './unknown-model-error.ts';
import { isUuid } from './uuid.ts';

/** What is left out stays as it is; a new model is displayed by its slug. */
export interface ModelChange {
  slug: string;
  displayName?: string;
  task: Task;
  positiveLabel?: string;
  decisionThreshold?: number;
  /** Undefined leaves the schema as it is. Declared features are added or changed by name; ordinals are kept. */
  features?: Feature[];
  tags?: Tag[];
}

export interface ModelStore {
  put(projectId: string, change: ModelChange): Promise<{ model: ModelRecord; created: boolean }>;
  find(projectId: string, slug: string): Promise<ModelRecord | null>;
  /**
   * As `find`, but what was found in the last seconds is not asked for again: for judging rows that are then stored
   * with `ifRevision`. The record is the caller's own.
   */
  recall(projectId: string, slug: string): Promise<ModelRecord | null>;
  get(modelId: string): Promise<ModelRecord | null>;
  /** By slug. */
  list(projectId: string): Promise<ModelRecord[]>;
  /** Deletes the model and every row of it; the caller removes the files of its parts. */
  remove(projectId: string, slug: string): Promise<{ modelId: string } | null>;
  /**
   * Adds features seen for the first time (inferred); concurrent callers agree on ordinals. Known ones stay as they are.
   * Returns the whole schema. @throws UnknownModelError
   */
  addFeatures(modelId: string, features: SeenFeature[]): Promise<FeatureRecord[]>;
  /**
   * Adds tags seen for the first time while there is room (`maxTags`); known ones stay as they are. Returns all.
   * @throws UnknownModelError
   */
  addTags(modelId: string, names: string[]): Promise<Tag[]>;
  /** Replaces the rules that mend rows before they are checked. */
  setMappingRules(modelId: string, rules: MappingRule[]): Promise<void>;
}

/** A feature with the rows and the version that showed it first. */
export interface SeenFeature extends Feature {
  rows?: number;
  version?: string;
}

/** Bounds what a model nobody posts to any more takes; a change is noticed by its revision, not by time. */
const recallMs = 10_000;
const recalledModels = 1000;

const toColumns = ({ kind, min, max, sensitive }: Feature | FeatureRow) => ({
  kind,
  min: min ?? null,
  max: max ?? null,
  sensitive,
});

/** Which of the features were not there yet, and which kinds were changed by hand, goes on record with them. */
async function recordChanges(
  tx: Prisma.TransactionClient,
  modelId: string,
  changes: Omit<Prisma.SchemaChangeCreateManyInput, 'modelId' | 'at'>[],
): Promise<void> {
  const at = new Date();
  if (changes.length > 0) {
    await tx.schemaChange.createMany({ data: changes.map((change) => ({ ...change, modelId, at })) });
  }
}

/** Gives new features the next ordinals; the model row is locked by its new revision, so that two callers never take the same one. */
async function putFeatures(
  tx: Prisma.TransactionClient,
  modelId: string,
  features: SeenFeature[],
  declared: boolean,
): Promise<void> {
  const { count } = await tx.model.updateMany({
    where: { id: modelId },
    data: { revision: { increment: 1 } },
  });
  if (count === 0) throw new UnknownModelError(modelId);
  const rows = await tx.feature.findMany({ where: { modelId } });
  const known = new Map(rows.map((row) => [row.name, row]));
  const next = Math.max(-1, ...rows.map((row) => row.ordinal)) + 1;
  const added = features.filter((feature) => !known.has(feature.name));
  await tx.feature.createMany({
    data: added.map((feature, index) => ({
      modelId,
      ordinal: next + index,
      name: feature.name,
      declared,
      ...toColumns(feature),
    })),
  });
  if (!declared) {
    const seen = added.map(({ name, kind, rows = 1, version = null }) => ({
      feature: name,
      kind: 'new',
      toKind: kind,
      n: rows,
      modelVersion: version,
    }));
    return recordChanges(tx, modelId, seen);
  }
  const edited = features.flatMap(({ name, kind }) => {
    const before = known.get(name)?.kind ?? kind;
    return before === kind ? [] : [{ feature: name, kind: 'edited', fromKind: before, toKind: kind, n: 0 }];
  });
  await recordChanges(tx, modelId, edited);
  for (const feature of features) {
    const row = known.get(feature.name);
    const data = { ...toColumns(feature), declared };
    if (!row || isDeepStrictEqual(data, { ...toColumns(row), declared: row.declared })) continue;
    await tx.feature.update({ where: { modelId_ordinal: { modelId, ordinal: row.ordinal } }, data });
  }
}

/** The model row is locked, so that no caller's tags are lost. */
async function addTags(client: PoolClient, modelId: string, names: string[]): Promise<Tag[]> {
  const { rows } = await client.query<{ tags: Tag[] }>(
    'SELECT tags FROM model WHERE id = $1 FOR NO KEY UPDATE',
    [modelId],
  );
  const [model] = rows;
  if (!model) throw new UnknownModelError(modelId);
  const known = new Set(model.tags.map(({ name }) => name));
  const added = [...new Set(names)]
    .filter((name) => !known.has(name))
    .slice(0, Math.max(0, maxTags - known.size))
    .map((name): Tag => ({ name, sensitive: false }));
  if (added.length === 0) return model.tags;
  const tags = [...model.tags, ...added];
  await client.query('UPDATE model SET tags = $2::jsonb, revision = revision + 1 WHERE id = $1', [
    modelId,
    JSON.stringify(tags),
  ]);
  return tags;
}

async function putModel(
  tx: Prisma.TransactionClient,
  projectId: string,
  { slug, features, tags, ...change }: ModelChange,
): Promise<{ id: string; created: boolean }> {
  const data = { ...change, ...(tags ? { tags: tags as Prisma.InputJsonValue } : {}) };
  const { count } = await tx.model.createMany({
    data: { projectId, slug, displayName: slug, ...data },
    skipDuplicates: true,
  });
  const { id } = await tx.model.update({
    where: { projectId_slug: { projectId, slug } },
    data: { ...data, updatedAt: new Date(), revision: { increment: 1 } },
    select: { id: true },
  });
  if (features) await putFeatures(tx, id, features, true);
  return { id, created: count === 1 };
}

/** Deleting goes through `bulkPool`, which has no statement timeout. */
export function createModelStore(prisma: PrismaClient, pool: Pool, bulkPool: Pool): ModelStore {
  const get = async (id: string) => (isUuid(id) ? ((await readModels(pool, { id }))[0] ?? null) : null);
  const recent = new Map<string, { model: ModelRecord; until: number }>();
  const find = async (projectId: string, slug: string) => {
    const model = (await readModels(pool, { projectId, slug }))[0] ?? null;
    if (model === null) recent.delete(`${projectId}/${slug}`);
    else {
      if (recent.size >= recalledModels) recent.clear();
      recent.set(`${projectId}/${slug}`, { model: { ...model }, until: Date.now() + recallMs });
    }
    return model;
  };
  return {
    async put(projectId, change) {
      const { id, created } = await prisma.$transaction((tx) => putModel(tx, projectId, change));
      const model = await get(id);
      if (!model) throw new UnknownModelError(id);
      return { model, created };
    },

    find,

    async recall(projectId, slug) {
      const known = recent.get(`${projectId}/${slug}`);
      return known && known.until > Date.now() ? { ...known.model } : find(projectId, slug);
    },

    get,

    list: (projectId) => readModels(pool, { projectId }),

    remove: (projectId, slug) => transaction(bulkPool, (client) => removeModel(client, projectId, slug)),

    async addFeatures(modelId, features) {
      const { features: known } = (await get(modelId)) ?? { features: [] };
      const names = new Set(known.map((feature) => feature.name));
      if (features.every((feature) => names.has(feature.name))) return known;
      await prisma.$transaction((tx) => putFeatures(tx, modelId, features, false));
      const model = await get(modelId);
      if (!model) throw new UnknownModelError(modelId);
      return model.features;
    },

    addTags: (modelId, names) => transaction(pool, (client) => addTags(client, modelId, names)),

    async setMappingRules(modelId, rules) {
      await pool.query(
        `UPDATE model SET mapping_rules = $2::jsonb, updated_at = now(), revision = revision + 1 WHERE id = $1`,
        [modelId, JSON.stringify(rules)],
      );
    },
  };
}
