import { featureRows } from '@plumbline/flight-delay';

const idDigits = 6;
/** Every body starts each of its ids with this, then `idDigits` digits. */
const idMark = '"prediction_id":"r';

/** Request bodies that can be sent again as other events, so that making them costs the machine nothing meanwhile. */
export interface EventBodies {
  bodies: Buffer[];
  perBody: number;
  /** Gives every event the id of another round, in place: nothing may be on its way. */
  renumber(round: number): void;
}

function idOffsets(body: Buffer): number[] {
  const offsets: number[] = [];
  for (let at = body.indexOf(idMark); at !== -1; at = body.indexOf(idMark, at + 1))
    offsets.push(at + idMark.length);
  return offsets;
}

/** Events of 20 features each, made from real flights. */
export async function eventBodies(events: number, perBody: number): Promise<EventBodies> {
  const bodies: Buffer[] = [];
  let rows: object[] = [];
  fill: for await (const flights of featureRows({ from: '2001-02-01', to: '2001-03-01', everyNth: 1 })) {
    for (const { departedMs, dayRow, delay, features } of flights) {
      if (bodies.length * perBody >= events) break fill;
      const numbers = Array.from({ length: 13 }, (_, i) => [`x${i}`, ((dayRow * (i + 7)) % 1009) / 1009]);
      rows.push({
        prediction_id: `r${'0'.repeat(idDigits)}-${departedMs}-${dayRow}`,
        prediction_timestamp: departedMs,
        features: { ...features, ...Object.fromEntries(numbers) },
        prediction_score: 1 / (1 + Math.exp(-delay / 30)),
      });
      if (rows.length < perBody) continue;
      bodies.push(Buffer.from(JSON.stringify({ model_version: '1', events: rows })));
      rows = [];
    }
  }
  const offsets = bodies.map(idOffsets);
  return {
    bodies,
    perBody,
    renumber(round) {
      const digits = String(round).padStart(idDigits, '0');
      bodies.forEach((body, i) => {
        for (const offset of offsets[i] ?? []) body.write(digits, offset, 'latin1');
      });
    },
  };
}
