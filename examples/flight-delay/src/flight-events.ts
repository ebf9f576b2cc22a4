import type { EventBody, ModelBody } from '@plumbline/contracts';
import type { FlightRow } from './feature-rows.ts';
import { type FlightModel, rowEncoder, scoreMargin, sigmoid } from './model.ts';
import { shapleyExplainer } from './shapley.ts';

const dayMs = 24 * 60 * 60_000;
const lateAfterMinutes = 15;

const ranges: Record<string, { min?: number; max?: number }> = {
  distance: { min: 0, max: 6000 },
  hour: { min: 0, max: 23 },
  origin_departures_1h: { min: 0 },
  origin_late_share_1h: { min: 0, max: 1 },
};

/** The body that registers the model. */
export function modelBody(model: FlightModel): ModelBody {
  return {
    task: 'binary_classification',
    display_name: 'Flight delays',
    positive_label: model.positive_label,
    decision_threshold: model.decision_threshold,
    features: model.features.map(({ name, kind }) => ({ name, kind, ...ranges[name], sensitive: false })),
  };
}

/** `f-2001-02-01-000123`: the day and the flight's place in it, so that a replay posts the same ids again. */
export function flightId({ departedMs, dayRow }: FlightRow): string {
  return `f-${new Date(departedMs).toISOString().slice(0, 10)}-${String(dayRow).padStart(6, '0')}`;
}

/** Turns flights into event bodies; attributions only where asked, since they cost about a millisecond each. */
export function eventWriter(
  model: FlightModel,
): (flight: FlightRow, options?: { isExplained: boolean }) => EventBody & { prediction_score: number } {
  const encode = rowEncoder(model);
  const explain = shapleyExplainer(model);
  return (flight, options) => {
    const event = {
      prediction_id: flightId(flight),
      prediction_timestamp: new Date(flight.departedMs).toISOString(),
      features: { ...flight.features },
      prediction_score: sigmoid(scoreMargin(model, encode(flight.features))),
    };
    if (!options?.isExplained) return event;
    const { baseValue, values } = explain(flight.features);
    return { ...event, shap_values: values, shap_base_value: baseValue };
  };
}

/** A row of the actuals body. */
export interface FlightActual {
  prediction_id: string;
  actual_label: string;
  actual_timestamp: string;
}

/** The outcome of a flight, reported a day after it left. */
export function actualOf(flight: FlightRow, model: FlightModel): FlightActual {
  return {
    prediction_id: flightId(flight),
    actual_label: flight.delay > lateAfterMinutes ? model.positive_label : model.negative_label,
    actual_timestamp: new Date(flight.departedMs + dayMs).toISOString(),
  };
}
