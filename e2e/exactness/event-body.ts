import type { SourceRow } from './dataset.ts';

/** The event as posted: without its actual, and without the label that the product derives from the score. */
export function toEvent(row: SourceRow): Record<string, unknown> {
  return {
    prediction_id: row.id,
    prediction_timestamp: new Date(row.ms).toISOString(),
    model_version: row.version,
    environment: row.environment,
    features: row.features,
    tags: row.tags,
    ...(row.score === null ? {} : { prediction_score: row.score }),
    ...(row.probabilities ? { prediction_scores: row.probabilities } : {}),
  };
}

/** The actual of a row, under the names of the API. */
function outcomeOf({ actualLabel, actualScore }: SourceRow): Record<string, unknown> {
  return {
    ...(actualLabel === null ? {} : { actual_label: actualLabel }),
    ...(actualScore === null ? {} : { actual_score: actualScore }),
  };
}

/** The event with its actual, as a row of a reference. */
export function toReferenceEvent(row: SourceRow): Record<string, unknown> {
  return { ...toEvent(row), ...outcomeOf(row) };
}

/** The actual as posted, a day after its prediction; undefined for a row that has none. */
export function toActual(row: SourceRow): Record<string, unknown> | undefined {
  if (row.actualLabel === null && row.actualScore === null) return undefined;
  return {
    prediction_id: row.id,
    ...outcomeOf(row),
    actual_timestamp: new Date(row.ms + 86_400_000).toISOString(),
  };
}
