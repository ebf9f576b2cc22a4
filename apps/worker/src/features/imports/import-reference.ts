import { toColumnarModel } from '@plumbline/columnar';
import { Problem } from '@plumbline/contracts';
import type { ImportLease, ImportRecord, ModelRecord } from '@plumbline/db';
import {
  importedReference,
  labelsIn,
  type PostedRow,
  ruleOf,
  setReference,
  type WrittenRows,
  writeReferenceRows,
} from '@plumbline/intake';
import type { ImportContext } from './import-context.ts';
import type { ImportEnd } from './import-end.ts';
import { readImportRows } from './read-import-rows.ts';

const done: ImportEnd = { status: 'done', problem: null };
const cancelled: ImportEnd = { status: 'cancelled', problem: null };

class Interrupted extends Error {
  readonly end: ImportEnd | null;

  constructor(end: ImportEnd | null) {
    super('the import is to stop');
    this.end = end;
  }
}

async function writeRows(
  { db, columnar, importsDirectory }: ImportContext,
  { lease, record }: { lease: ImportLease; record: ImportRecord },
  model: ModelRecord,
  signal: AbortSignal,
): Promise<WrittenRows> {
  let bytesDone = 0;
  let rowsDone = 0;
  async function* chunks(): AsyncGenerator<PostedRow[]> {
    const fromTheStart = { ...record, rowsDone: 0 };
    for await (const chunk of readImportRows({ columnar, importsDirectory }, fromTheStart, model)) {
      bytesDone = chunk.bytesDone;
      yield chunk.rows;
    }
  }
  const { modelVersion, environment } = record.options;
  const rule = ruleOf(model, null);
  return writeReferenceRows(
    db,
    model,
    importedReference(importsDirectory, record.id),
    labelsIn(chunks(), rule),
    {
      rule,
      defaults: { modelVersion, environment },
      async onChunk({ accepted, duplicates, rejected, rejectedTotal }, rows) {
        rowsDone += rows;
        const counts = { accepted, duplicates, rejected: rejectedTotal, rejectedRows: rejected };
        const { cancelRequested } = await db.imports.report(lease, { rowsDone, bytesDone, ...counts });
        if (cancelRequested) throw new Interrupted(cancelled);
        if (signal.aborted) throw new Interrupted(null);
      },
    },
  );
}

/**
 * Makes the rows of a file the model's reference, all of them or none: the reference before stays until the last step,
 * which is one transaction. A run that was interrupted begins anew. Null: told to stop by `signal`.
 * @throws Problem when the file cannot be read or brings no row, ImportLeaseLostError when another worker has it
 */
export async function importReference(
  context: ImportContext,
  claimed: { lease: ImportLease; record: ImportRecord; leaseMs: number },
  model: ModelRecord,
  signal: AbortSignal,
): Promise<ImportEnd | null> {
  const { db, columnar, queue, importsDirectory } = context;
  const { lease, record, leaseMs } = claimed;
  // A worker may have died between the last step and saying so.
  const active = await db.profiles.binSet(model.id);
  if (active.reference?.id === record.id) return done;
  try {
    const { accepted, rejectedTotal } = await writeRows(context, claimed, model, signal);
    if (accepted === 0 && rejectedTotal === 0) {
      throw new Problem('validation-failed', { detail: 'The file holds no rows.' });
    }
    if (accepted === 0) {
      throw new Problem('all-items-rejected', { detail: `None of ${rejectedTotal} rows was accepted.` });
    }
    const columnarModel = toColumnarModel(model);
    const path = importedReference(importsDirectory, record.id);
    const parts = await columnar.writeReference(columnarModel, path);
    if ((await db.imports.renew(lease, leaseMs)).cancelRequested) {
      await columnar.remove(parts.map((part) => part.path));
      return cancelled;
    }
    const reference = { id: record.id, source: 'upload' as const };
    await setReference({ db, columnar }, { model, columnarModel }, parts, reference);
    await queue.enqueue('refresh', { modelId: model.id }).catch(() => {});
    return done;
  } catch (error) {
    if (error instanceof Interrupted) return error.end;
    throw error;
  }
}
