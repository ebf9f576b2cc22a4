import type { SchemaChangeAnswer, SchemaFeature } from '@plumbline/contracts';
import type { FeatureRecord, FeatureRow, SchemaChangeRecord } from '@plumbline/db';
import { timeText } from '../../time-text.ts';

const shownExamples = 3;
const exampleCharacters = 100;

/** What is known of a model's features besides the schema itself. */
export interface SchemaSights {
  /** The production rows stored last. */
  newest: FeatureRow[];
  firstSeen: ReadonlyMap<string, Date>;
  /** Of features none of the newest rows has: the time of the newest prediction that had one, epoch ms. */
  lastSeen: ReadonlyMap<string, number>;
  latest: ReadonlyMap<string, SchemaChangeRecord>;
}

const valueIn = (row: FeatureRow, name: string) =>
  Object.hasOwn(row.features, name) ? (row.features[name] ?? null) : null;

export const rowsWith = (rows: FeatureRow[], name: string): FeatureRow[] =>
  rows.filter((row) => valueIn(row, name) !== null);

function examplesOf(rows: FeatureRow[], name: string): SchemaFeature['examples'] {
  const values = new Set<string | number | boolean>();
  for (const row of rows) {
    const value = valueIn(row, name);
    if (value !== null) values.add(typeof value === 'string' ? value.slice(0, exampleCharacters) : value);
    if (values.size === shownExamples) break;
  }
  return [...values];
}

function stateOf(change: SchemaChangeRecord | undefined): SchemaFeature['state'] {
  return change?.kind === 'missing' || change?.kind === 'retyped' ? change.kind : 'ok';
}

export function showFeature(feature: FeatureRecord, sights: SchemaSights): SchemaFeature {
  const { name, kind, min, max, sensitive, declared } = feature;
  const { newest, firstSeen, lastSeen, latest } = sights;
  const present = rowsWith(newest, name);
  const seenMs = present.map((row) => row.predictedMs);
  const isScalar = kind !== 'embedding';
  return {
    name,
    kind,
    min: min ?? null,
    max: max ?? null,
    sensitive,
    declared,
    first_seen: timeText(firstSeen.get(name) ?? new Date(0)),
    last_seen: timeText(seenMs.length > 0 ? Math.max(...seenMs) : (lastSeen.get(name) ?? null)),
    missing_share: isScalar && newest.length > 0 ? 1 - present.length / newest.length : null,
    examples: sensitive ? [] : examplesOf(newest, name),
    state: stateOf(latest.get(name)),
  };
}

export const showChange = (change: SchemaChangeRecord): SchemaChangeAnswer => ({
  id: change.id,
  at: timeText(change.at),
  column: change.feature,
  kind: change.kind,
  from: change.from,
  to: change.to,
  n: change.n,
  model_version: change.modelVersion,
});
