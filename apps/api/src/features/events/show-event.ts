import type { EventAnswer } from '@plumbline/contracts';
import type { EventRecord } from '@plumbline/db';
import { timeText } from '../../time-text.ts';

/** A stored event as the API shows it: flat, absent values null. */
export function showEvent(event: EventRecord): EventAnswer {
  return {
    prediction_id: event.prediction_id,
    prediction_timestamp: timeText(event.prediction_ms),
    received_at: timeText(event.received_ms),
    model_version: event.model_version,
    environment: event.environment,
    features: event.features,
    prediction_label: event.prediction_label ?? null,
    prediction_score: event.prediction_score ?? null,
    prediction_scores: event.prediction_scores ?? null,
    actual_label: event.actual_label,
    actual_score: event.actual_score,
    actual_timestamp: timeText(event.actual_ms),
    tags: event.tags ?? {},
    shap_values: event.shap_values ?? null,
    shap_base_value: event.shap_base_value ?? null,
    embedding_features: event.embedding_features ?? null,
    subject_id: event.subject_id ?? null,
    group_id: event.group_id ?? null,
    rank: event.rank ?? null,
  };
}
