import type { EventSelection, PartRef, WrittenPart } from './columnar.ts';
import { eventRelation, latestActuals, type PartScan } from './event-relation.ts';
import { createParams } from './params.ts';
import { actualPartColumns, eventPartColumns, type PartColumn } from './part-columns.ts';
import type { PartFiles } from './part-files.ts';
import { partRelation } from './part-relation.ts';
import { ordered, timesOf, writeMonths } from './write-parts.ts';

/**
 * Merges event parts into new ones of at most one UTC month, every event with its effective actual. Actuals parts
 * without event parts are merged among themselves, the latest actual of each event staying.
 */
export async function mergeParts(scan: PartScan, files: PartFiles): Promise<WrittenPart[]> {
  const { model, session, schemas, parts } = scan;
  if (parts.some((part) => part.kind === 'events')) {
    const target = { modelId: model.id, kind: 'events' } as const;
    const merged = await eventRelation(scan, {}, await storedColumns(scan), createParams());
    return writeMonths(session, files, target, `(${merged})`, (rows) => `SELECT * FROM ${rows}`);
  }
  const target = { modelId: model.id, kind: 'actuals' } as const;
  const actuals = partRelation(await schemas.group(session, parts), actualPartColumns);
  const latest = `(SELECT prediction_id, predicted_ms, actual.actual_label, actual.actual_score, actual.actual_ms,
    actual.actual_seq FROM (${latestActuals(actuals)}))`;
  return writeMonths(session, files, target, latest, (rows) => `SELECT * FROM ${rows}`);
}

/** Copies the selected production events, with their effective actuals, into one reference part. */
export async function copyReference(
  scan: PartScan,
  files: PartFiles,
  selection: EventSelection,
): Promise<WrittenPart[]> {
  const params = createParams();
  const copied = await eventRelation(
    scan,
    { environment: 'production', ...selection },
    await storedColumns(scan),
    params,
  );
  const range = await timesOf(scan.session, copied, params.values);
  if (!range) return [];
  const part = { modelId: scan.model.id, kind: 'reference', ...range } as const;
  return [await files.write(scan.session, ordered(copied), part, params.values)];
}

/** The model's columns and those of features it no longer names, so that a merge drops nothing. */
async function storedColumns({ session, schemas, model, parts }: PartScan): Promise<PartColumn[]> {
  const columns = eventPartColumns(model);
  const named = new Set(columns.map((column) => column.name));
  for (const group of await schemas.group(session, parts.filter(isEventPart)))
    for (const [name, type] of group.columns)
      if (!named.has(name) && /^f\d+$/.test(name)) {
        named.add(name);
        columns.push({ name, type: scalarType(type) });
      }
  return columns;
}

function isEventPart(part: PartRef): boolean {
  return part.kind !== 'actuals';
}

function scalarType(type: string): PartColumn['type'] {
  return type === 'DOUBLE' || type === 'BOOLEAN' ? type : 'VARCHAR';
}
