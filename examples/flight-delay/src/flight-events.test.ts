import { actualsBody, eventsBody, modelBody as modelBodySchema } from '@plumbline/contracts';
import { describe, expect, test } from 'vitest';
import type { FlightRow } from './feature-rows.ts';
import { actualOf, eventWriter, flightId, modelBody } from './flight-events.ts';
import { loadFlightModel } from './model.ts';

const model = loadFlightModel();
const flight: FlightRow = {
  departedMs: Date.parse('2001-02-01T06:30:00Z'),
  dayRow: 123,
  delay: 16,
  features: {
    distance: 2176,
    origin: 'LAS',
    destination: 'PHL',
    hour: 6,
    weekday: 'Thu',
    origin_departures_1h: 12,
    origin_late_share_1h: null,
  },
};

describe('the bodies that are posted', () => {
  test('fit the contract', () => {
    const write = eventWriter(model);
    expect(modelBodySchema.safeParse(modelBody(model)).error).toBeUndefined();
    const events = [write(flight), write(flight, { isExplained: true })];
    expect(eventsBody.safeParse({ model_version: model.version, events }).error).toBeUndefined();
    expect(actualsBody.safeParse({ actuals: [actualOf(flight, model)] }).error).toBeUndefined();
  });

  test('ids come from the day and the place in it', () => {
    expect(flightId(flight)).toBe('f-2001-02-01-000123');
  });

  test('attributions are posted only where asked and add up to the score', () => {
    const write = eventWriter(model);
    expect(write(flight)).not.toHaveProperty('shap_values');
    const explained = write(flight, { isExplained: true });
    const sum = Object.values(explained.shap_values ?? {}).reduce((total, value) => total + value, 0);
    expect(Math.abs((explained.shap_base_value ?? 0) + sum - explained.prediction_score)).toBeLessThan(1e-12);
  });

  test.each([
    [15, 'on_time'],
    [16, 'late'],
    [-1116, 'on_time'],
  ])('%d minutes late is %s', (delay, label) => {
    expect(actualOf({ ...flight, delay }, model)).toEqual({
      prediction_id: 'f-2001-02-01-000123',
      actual_label: label,
      actual_timestamp: '2001-02-02T06:30:00.000Z',
    });
  });
});
