import type { Audience, ExplanationAnswer } from '@plumbline/contracts';
import type { EventRecord, ModelRecord } from '@plumbline/db';
import { timeText } from '../../time-text.ts';
import { type Additivity, checkAdditivity } from './check-additivity.ts';
import { type Contribution, narrate } from './narrate.ts';

function contributionsOf(event: EventRecord): Contribution[] {
  return Object.entries(event.shap_values ?? {})
    .map(([feature, contribution]) => ({ feature, value: event.features[feature] ?? null, contribution }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.feature < b.feature ? -1 : 1));
}

/** What moved one score, from the attributions posted with it. */
export function explainEvent(event: EventRecord, model: ModelRecord, audience: Audience): ExplanationAnswer {
  const contributions = contributionsOf(event);
  const score = event.prediction_score ?? null;
  const baseValue = event.shap_base_value ?? null;
  const isBinary = model.task === 'binary_classification';
  const additivity: Additivity | null =
    contributions.length === 0 || score === null || baseValue === null
      ? null
      : checkAdditivity(
          baseValue,
          contributions.map((c) => c.contribution),
          score,
          isBinary,
        );
  const additive = additivity?.additive ?? false;
  const facts = {
    predictionId: event.prediction_id,
    modelVersion: event.model_version,
    predictedAt: timeText(event.prediction_ms),
    label: event.prediction_label ?? null,
    score,
    baseValue,
    threshold: isBinary ? (model.decisionThreshold ?? 0.5) : null,
    contributions,
    additive,
    scale: additivity?.scale ?? null,
  };
  const { text, figures } = narrate(facts, audience);
  return {
    prediction_id: event.prediction_id,
    status: contributions.length === 0 ? 'no_attributions' : additive ? 'ok' : 'non_additive',
    base_value: baseValue,
    score,
    contributions,
    additive,
    narrative: { audience, text },
    evidence: {
      prediction_id: event.prediction_id,
      model_version: event.model_version,
      prediction_timestamp: facts.predictedAt,
      prediction_label: facts.label,
      score,
      base_value: baseValue,
      threshold: facts.threshold,
      total: additivity?.total ?? null,
      residual: additivity?.residual ?? null,
      scale: facts.scale,
      contributions,
      figures,
    },
  };
}
