import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rowFileFormat } from '@plumbline/contracts';
import type { SampleActual, SampleEvent } from './sample-events.ts';

type Cell = string | number | null;

const { delimiter, quote } = rowFileFormat;

/** Null is an unquoted empty field, the empty string a quoted one. */
function line(cells: Cell[]): string {
  return cells
    .map((cell) =>
      cell === null
        ? ''
        : typeof cell === 'number'
          ? String(cell)
          : `${quote}${cell.replaceAll(quote, quote + quote)}${quote}`,
    )
    .join(delimiter);
}

function actualCells(actual: SampleActual | null): Cell[] {
  return actual
    ? [actual.actual_label, actual.actual_score, actual.actual_ms, actual.actual_seq]
    : [null, null, null, null];
}

/** Writes rows as the manifest exports them; what `Columnar.writeParts` takes. */
export async function csvRows(directory: string, events: SampleEvent[], actuals: SampleActual[] = []) {
  const eventsCsv = join(directory, 'events.csv');
  const actualsCsv = join(directory, 'actuals.csv');
  const eventLines = events.map(({ event, actual }) =>
    line([
      event.prediction_id,
      event.prediction_ms,
      event.prediction_ms + 5,
      event.environment,
      event.model_version,
      ...actualCells(actual),
      JSON.stringify(event),
    ]),
  );
  const actualLines = actuals.map((actual) =>
    line([actual.prediction_id, actual.predicted_ms, ...actualCells(actual)]),
  );
  await writeFile(eventsCsv, eventLines.map((text) => `${text}\n`).join(''));
  await writeFile(actualsCsv, actualLines.map((text) => `${text}\n`).join(''));
  return { eventsCsv, events: events.length, actualsCsv, actuals: actuals.length };
}
