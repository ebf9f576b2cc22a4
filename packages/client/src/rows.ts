/** A Date, RFC 3339 with an offset, or epoch seconds or milliseconds (told apart by magnitude). */
export type Time = Date | string | number;

type Maybe<T> = T | null | undefined;

/** One prediction. Field names, units and limits are those of `POST /v1/models/{model}/events`. */
export interface Prediction {
  /** Unique in its model, at most 128 characters. The actual names it later. */
  prediction_id: string;
  prediction_timestamp: Time;
  model_version?: Maybe<string>;
  /** `production` when it is left out. */
  environment?: Maybe<'production' | 'training' | 'validation'>;
  /** NaN counts as missing, an infinite number makes the row a rejected one. */
  features?: Maybe<Record<string, Maybe<number | string | boolean | number[]>>>;
  prediction_label?: Maybe<string>;
  /** Binary: the probability of the positive label, 0 to 1. Regression: the predicted value. */
  prediction_score?: Maybe<number>;
  /** Multiclass: a probability for each label. */
  prediction_scores?: Maybe<Record<string, number>>;
  actual_label?: Maybe<string>;
  actual_score?: Maybe<number>;
  actual_timestamp?: Maybe<Time>;
  tags?: Maybe<Record<string, Maybe<string | number | boolean>>>;
  /** Contribution of each feature to the prediction. */
  shap_values?: Maybe<Record<string, number>>;
  shap_base_value?: Maybe<number>;
  embedding_features?: Maybe<Record<string, { vector: number[]; data?: string }>>;
  subject_id?: Maybe<string>;
  group_id?: Maybe<string>;
  /** Position in its group, from 1. */
  rank?: Maybe<number>;
}

/** What came true of a prediction. It may be logged before the prediction; a later one replaces it. */
export interface Actual {
  prediction_id: string;
  actual_label?: Maybe<string>;
  actual_score?: Maybe<number>;
  actual_timestamp?: Maybe<Time>;
}

/** `events` are predictions, `actuals` the ground truth: the last segment of the route they are posted to. */
export type RowKind = 'events' | 'actuals';

/** A row as it waits: already JSON, so that what the caller changes afterwards is not sent. */
export interface QueuedRow {
  json: string;
  /** Bytes of `json` in UTF-8. */
  bytes: number;
  /** By the monotonic clock `performance.now()`, in ms. */
  loggedAt: number;
}
