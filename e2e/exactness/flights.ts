import { createGzip } from 'node:zlib';
import {
  eventWriter,
  type FlightRow,
  featureRows,
  loadFlightModel,
  modelBody,
} from '@plumbline/flight-delay';
import { createDatasetBuilder, type Dataset, type SourceRow } from './dataset.ts';
import { toReferenceEvent } from './event-body.ts';

const model = loadFlightModel();
const write = eventWriter(model);
const lateAfterMinutes = 15;

/** The body that registers the flight model. */
export const flightModelBody = modelBody(model);

export const flightTask = { task: 'binary_classification', positive: model.positive_label } as const;

/** A flight as the row that is posted and, apart from the product, judged. */
function toSource(flight: FlightRow, version: string, environment: string): SourceRow {
  const { prediction_id, prediction_score } = write(flight);
  const { features } = flight;
  return {
    id: prediction_id,
    ms: flight.departedMs,
    version,
    environment,
    features: { ...features },
    tags: { haul: features.distance < 500 ? 'short' : features.distance < 1500 ? 'medium' : 'long' },
    score: prediction_score,
    label: prediction_score >= model.decision_threshold ? model.positive_label : model.negative_label,
    probabilities: null,
    actualLabel: flight.delay > lateAfterMinutes ? model.positive_label : model.negative_label,
    actualScore: null,
  };
}

/** January, labelled, as rows and as gzipped NDJSON. */
export async function referenceFlights(): Promise<{ data: Dataset; ndjson: Buffer }> {
  const builder = createDatasetBuilder();
  const gzip = createGzip({ level: 1 });
  const chunks: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => gzip.once('end', resolve).once('error', reject));
  for await (const flights of featureRows({ from: '2001-01-01', to: '2001-02-01', everyNth: 1 })) {
    const lines = flights.map((flight) => {
      const row = toSource(flight, model.version, 'training');
      builder.add(row);
      return JSON.stringify(toReferenceEvent(row));
    });
    if (!gzip.write(`${lines.join('\n')}\n`)) await new Promise((resolve) => gzip.once('drain', resolve));
  }
  gzip.end();
  await ended;
  return { data: builder.build(), ndjson: Buffer.concat(chunks) };
}

/** Every fourth flight from February to 22 March: two versions, a few events of another environment, 4 % without a label. */
export async function productionFlights(): Promise<{ data: Dataset; rows: SourceRow[] }> {
  const builder = createDatasetBuilder();
  const rows: SourceRow[] = [];
  for await (const flights of featureRows({ from: '2001-02-01', to: '2001-03-23', everyNth: 4 })) {
    for (const flight of flights) {
      const place = rows.length;
      const version = place % 3 === 0 ? '2001.02' : model.version;
      const row = toSource(flight, version, place % 50 === 7 ? 'validation' : 'production');
      if (place % 25 === 3) row.actualLabel = null;
      rows.push(row);
      builder.add(row);
    }
  }
  return { data: builder.build(), rows };
}
