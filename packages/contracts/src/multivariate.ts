import { z } from 'zod';
import { metricStatuses } from './metric.ts';
import { environments } from './model.ts';
import { windowSchema } from './query.ts';

/**
 * Where the threshold of a multivariate value comes from: how much windows of the same length within the reference
 * differ, what chance alone does at this number of rows, or a fixed value.
 */
export const multivariateThresholds = ['reference_windows', 'sampling_error', 'constant'] as const;

const number = z.number().nullable();
const count = z.number().int();

const measure = z.object({
  value: number,
  status: z.enum(metricStatuses),
  /** Rows compared, of the window and of the reference. */
  n: count,
  n_reference: count,
  threshold_lower: number,
  threshold: number,
  threshold_from: z.enum(multivariateThresholds),
  /** Values of windows within the reference, of the same length as this one. */
  reference_values: z.array(z.number()),
  drifted: z.boolean(),
});

/** Mean distance of rows from their reconstruction by the reference's principal components. */
export const reconstructionDrift = measure
  .extend({
    /** Standard error of `value`. */
    standard_error: number,
    columns: count,
    components: count,
    explained_variance: number,
    /** Columns that do not vary in the reference. */
    left_out: z.array(z.string()),
  })
  .meta({ id: 'ReconstructionDrift' });
export type ReconstructionDrift = z.infer<typeof reconstructionDrift>;

/** How well a classifier tells the window's rows from the reference's: ROC AUC over rows it was not trained on. */
export const domainClassifier = measure
  .extend({
    /** One-sided: the chance of an AUC this large when nothing differs. */
    p_value: number,
    /** What the classifier separates by: shares of its gain, largest first. */
    features: z.array(z.object({ column: z.string(), share: z.number() })),
  })
  .meta({ id: 'DomainClassifier' });
export type DomainClassifier = z.infer<typeof domainClassifier>;

/** How far the vectors of an embedding moved. */
export const embeddingDrift = z
  .object({
    name: z.string(),
    dimensions: count,
    /** Vectors compared, of the window and of the reference. */
    n: count,
    n_reference: count,
    /** Vectors left out on both sides because they have another number of dimensions. */
    left_out: count,
    status: z.enum(metricStatuses),
    /** 1 − cosine of the angle between the mean vectors, 0 to 2. */
    centroid_distance: number,
    /** The chance of a distance this large when the vectors were mixed at random. */
    centroid_p_value: number,
    /** On the dimensions as columns; decides whether the embedding drifted. */
    classifier: domainClassifier,
  })
  .meta({ id: 'EmbeddingDrift' });
export type EmbeddingDrift = z.infer<typeof embeddingDrift>;

/** Drift of a text column by what describes its texts. */
export const textDrift = z
  .object({
    column: z.string(),
    /** Texts compared, of the window and of the reference. */
    n: count,
    n_reference: count,
    status: z.enum(metricStatuses),
    drifted: z.boolean(),
    descriptors: z.array(
      z.object({
        descriptor: z.string(),
        status: z.enum(metricStatuses),
        /** Wasserstein distance in standard deviations of the reference. */
        value: number,
        p_value: number,
        adjusted_p: number,
        mean: number,
        mean_reference: number,
        drifted: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'TextDrift' });
export type TextDrift = z.infer<typeof textDrift>;

export const multivariateResult = z.object({
  /** Rows of the window, of which at most 10 000 were drawn. */
  rows: count,
  reference_rows: count,
  reconstruction: reconstructionDrift,
  classifier: domainClassifier,
  embeddings: z.array(embeddingDrift),
  texts: z.array(textDrift),
});
export type MultivariateResult = z.infer<typeof multivariateResult>;

export const multivariateStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type MultivariateState = (typeof multivariateStates)[number];

export const multivariateBody = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    environment: z.enum(environments).optional(),
  })
  .meta({ id: 'MultivariateBody' });

/** One window compared with the reference, or waiting for it. */
export const multivariateWindow = z
  .object({
    id: z.string(),
    window: windowSchema,
    environment: z.enum(environments),
    /** `schedule`: a complete week or day; `request`: somebody asked. */
    source: z.enum(['schedule', 'request']),
    state: z.enum(multivariateStates),
    /** Share of the work done, 0 to 1. */
    progress: z.number(),
    detail: z.string().nullable(),
    requested_at: z.string(),
    finished_at: z.string().nullable(),
    result: multivariateResult.nullable(),
  })
  .meta({ id: 'MultivariateWindow' });
export type MultivariateWindow = z.infer<typeof multivariateWindow>;

export const multivariateAnswer = z
  .object({
    /** Null: there is nothing to compare with. */
    reference: z.object({ rows: count, created_at: z.string() }).nullable(),
    /** Newest first. */
    windows: z.array(multivariateWindow),
  })
  .meta({ id: 'MultivariateAnswer' });
export type MultivariateAnswer = z.infer<typeof multivariateAnswer>;
