import type { SchemaChangeKind } from '@plumbline/contracts';
import type { FeatureRow, NewSchemaChange, RefusedFeature } from '@plumbline/db';

/** Newest rows a feature must be absent from to count as missing. */
export const newestRows = 200;
/** With fewer rows nothing is said to be missing. */
const fewestRows = 50;
/** Share of the rows of the day before that must have had a feature. */
const usualShare = 0.95;
/** Rows of the last hour that must be refused for one feature, and their share of all rows of that hour. */
const fewestRefused = 10;
const refusedShare = 0.05;

type State = { id: string; kind: SchemaChangeKind; from: string | null; to: string | null };

export interface SchemaEvidence {
  at: Date;
  /** The features rows can name, embeddings left out. */
  features: { name: string; kind: string }[];
  /** Newest first. */
  newest: FeatureRow[];
  /** Rows of the day before the newest ones, and how many of them had a value; of features that are absent now. */
  usual: ReadonlyMap<string, { rows: number; present: number }>;
  /** Of the last hour. */
  refused: RefusedFeature[];
  /** Rows received in the last hour, refused ones included. */
  received: number;
  /** The latest change of each feature. */
  latest: ReadonlyMap<string, State>;
}

/** The feature a pointer names: `/features/<name>` with `~1` for `/` and `~0` for `~`. */
const nameIn = (field: string) =>
  field.slice('/features/'.length).replaceAll('~1', '/').replaceAll('~0', '~');

/** The type of a refused value, from the text that tells of it. */
function typeIn(detail: string): string {
  const got = / got (.*)$/s.exec(detail)?.[1] ?? '';
  if (got.startsWith('"')) return 'string';
  if (got === 'true' || got === 'false') return 'boolean';
  if (/^-?\d/.test(got)) return 'number';
  return got.replace(/^an? /, '');
}

/** Features none of the newest rows has, while there are enough of them to tell. */
export function absentFeatures({ features, newest }: Pick<SchemaEvidence, 'features' | 'newest'>): string[] {
  if (newest.length < fewestRows) return [];
  return features.map(({ name }) => name).filter((name) => presentRows(newest, name) === 0);
}

const presentRows = (rows: FeatureRow[], name: string) =>
  rows.filter(({ features }) => Object.hasOwn(features, name) && features[name] !== null).length;

/**
 * What became of features since their latest change. Said once: a feature that is missing already is not missing again.
 * Pure.
 */
export function detectSchemaChanges(evidence: SchemaEvidence): NewSchemaChange[] {
  const { at, features, newest, usual, received, latest } = evidence;
  const refused = new Map(evidence.refused.map((found) => [nameIn(found.field), found]));
  const absent = new Set(absentFeatures(evidence));
  const modelVersion = newest[0]?.version ?? null;
  return features.flatMap(({ name, kind }): NewSchemaChange[] => {
    const state = latest.get(name);
    const change = (to: Pick<NewSchemaChange, 'kind' | 'from' | 'to' | 'n'>): NewSchemaChange[] => [
      { at, feature: name, modelVersion, after: state?.id ?? null, ...to },
    ];
    const of = refused.get(name);
    const isRefused = of !== undefined && of.n >= fewestRefused && of.n >= refusedShare * received;
    if (isRefused && state?.kind !== 'retyped') {
      return change({ kind: 'retyped', from: kind, to: typeIn(of.detail), n: of.n });
    }
    const present = presentRows(newest, name);
    if (state?.kind === 'retyped' && of === undefined && present > 0) {
      return change({ kind: 'back', from: state.to, to: kind, n: present });
    }
    if (state?.kind === 'missing') {
      return present === 0 ? [] : change({ kind: 'back', from: null, to: kind, n: present });
    }
    const before = usual.get(name);
    const wasUsual =
      before !== undefined && before.rows >= fewestRows && before.present >= usualShare * before.rows;
    if (state?.kind !== 'retyped' && absent.has(name) && wasUsual) {
      return change({ kind: 'missing', from: kind, to: null, n: newest.length });
    }
    return [];
  });
}
