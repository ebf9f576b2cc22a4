import type { Feature, FeatureKind, MappingRule, Tag, Task } from '@plumbline/contracts';
import type { Pool } from 'pg';

export interface FeatureRecord extends Feature {
  /** Names the feature's Parquet column (`f<ordinal>`); never changes. */
  ordinal: number;
  /** Declared by PUT, as opposed to inferred from events. */
  declared: boolean;
}

export interface ModelRecord {
  id: string;
  projectId: string;
  slug: string;
  displayName: string;
  task: Task;
  positiveLabel: string | null;
  decisionThreshold: number | null;
  /** By ordinal. */
  features: FeatureRecord[];
  tags: Tag[];
  /** Mend rows before they are checked. */
  mappingRules: MappingRule[];
  /** In the order they were first seen. */
  versions: string[];
  hasReference: boolean;
  /** Grows with every change of what rows are judged by: task, label, threshold, features, tags, rules. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

interface FeatureJson {
  ordinal: number;
  name: string;
  kind: FeatureKind;
  min: number | null;
  max: number | null;
  sensitive: boolean;
  declared: boolean;
}

type Row = Omit<ModelRecord, 'features'> & { features: FeatureJson[] };

const toFeature = ({ min, max, ...feature }: FeatureJson): FeatureRecord => ({
  ...feature,
  ...(min === null ? {} : { min }),
  ...(max === null ? {} : { max }),
});

/** Reads whole models in one statement; every request for a model begins with this. */
export async function readModels(
  pool: Pool,
  where: { id?: string; projectId?: string; slug?: string },
): Promise<ModelRecord[]> {
  const { rows } = await pool.query<Row>(
    `SELECT m.id, m.project_id AS "projectId", m.slug, m.display_name AS "displayName", m.task,
            m.positive_label AS "positiveLabel", m.decision_threshold AS "decisionThreshold", m.tags,
            m.mapping_rules AS "mappingRules", m.revision,
            m.created_at AS "createdAt", m.updated_at AS "updatedAt",
            coalesce((
              SELECT json_agg(json_build_object('ordinal', ordinal, 'name', name, 'kind', kind, 'min', min, 'max', max,
                                                'sensitive', sensitive, 'declared', declared) ORDER BY ordinal)
              FROM feature WHERE model_id = m.id
            ), '[]') AS features,
            coalesce((
              SELECT json_agg(version ORDER BY first_seen_at, version) FROM model_version WHERE model_id = m.id
            ), '[]') AS versions,
            EXISTS (SELECT FROM reference WHERE model_id = m.id AND active) AS "hasReference"
     FROM model m
     WHERE ($1::uuid IS NULL OR m.id = $1) AND ($2::uuid IS NULL OR m.project_id = $2) AND ($3::text IS NULL OR m.slug = $3)
     ORDER BY m.slug`,
    [where.id ?? null, where.projectId ?? null, where.slug ?? null],
  );
  return rows.map((row) => ({ ...row, features: row.features.map(toFeature) }));
}
