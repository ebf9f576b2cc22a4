import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Columnar, ColumnarModel, PartRef } from '@plumbline/columnar';
import { actualOf, eventWriter, featureRows, loadFlightModel, modelBody } from '@plumbline/flight-delay';

const model = loadFlightModel();
const body = modelBody(model);

export const flightColumnarModel: ColumnarModel = {
  id: 'flights',
  task: body.task,
  positiveLabel: model.positive_label,
  features: model.features.map(({ name, kind }, ordinal) => ({ name, kind, ordinal })),
  tags: [],
};

const firstOf = (month: number) => `2001-${String(month).padStart(2, '0')}-01`;

/** Labelled real flights of one month of 2001 (1 to 6) as a part, every nth of them. */
export async function writeFlights(
  columnar: Columnar,
  directory: string,
  month: number,
  everyNth = 1,
): Promise<PartRef[]> {
  const write = eventWriter(model);
  const file = path.join(directory, `flights-${month}.ndjson`);
  const out = createWriteStream(file);
  for await (const flights of featureRows({ from: firstOf(month), to: firstOf(month + 1), everyNth })) {
    const lines = flights.map((flight) => {
      const { prediction_id, features, prediction_score } = write(flight);
      return JSON.stringify({
        prediction_id,
        features,
        prediction_score,
        prediction_ms: flight.departedMs,
        prediction_label: prediction_score >= model.decision_threshold ? model.positive_label : 'on_time',
        actual_label: actualOf(flight, model).actual_label,
        model_version: model.version,
        environment: 'production',
      });
    });
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  const parts = await columnar.writeReference(flightColumnarModel, file);
  await rm(file);
  return parts;
}
