import { rm } from 'node:fs/promises';
import { type JobPayload, Problem } from '@plumbline/contracts';
import { type ImportLease, ImportLeaseLostError, type ImportRecord, UnknownModelError } from '@plumbline/db';
import { importedReference, importFile, importScratch } from '@plumbline/intake';
import type { ImportContext } from './import-context.ts';
import { failedWith, type ImportEnd } from './import-end.ts';
import { importReference } from './import-reference.ts';
import { storeImport } from './store-import.ts';

/** How long the import of a worker that died stays its own. */
const leaseMs = 10_000;
const renewEveryMs = 3_000;

/** Runs that end without a row stored, by a crash or a fault nobody expected, before an import is given up. */
const maxAttempts = 10;

function keepHeld({ db, logger }: ImportContext, lease: ImportLease): { stop(): void } {
  const timer = setInterval(() => {
    db.imports.renew(lease, leaseMs).catch((error: unknown) => {
      logger.warn({ err: error, importId: lease.id }, 'the lease of an import was not renewed');
    });
  }, renewEveryMs);
  return { stop: () => clearInterval(timer) };
}

async function removeFiles(directory: string, id: string): Promise<void> {
  await Promise.all(
    [importFile, importScratch, importedReference].map((pathOf) =>
      rm(pathOf(directory, id), { force: true }),
    ),
  );
}

async function work(
  context: ImportContext,
  claimed: { lease: ImportLease; record: ImportRecord },
  signal: AbortSignal,
): Promise<ImportEnd | null> {
  const { record } = claimed;
  if (record.cancelRequested) return { status: 'cancelled', problem: null };
  try {
    if (record.attempts > maxAttempts) {
      const detail = `It was given up after ${maxAttempts} attempts that stored no row.`;
      throw new Problem('internal-error', { detail });
    }
    const model = await context.db.models.get(record.modelId);
    if (!model) throw new UnknownModelError(record.modelId);
    const run = record.kind === 'reference' ? importReference : storeImport;
    return await run(context, { ...claimed, leaseMs }, model, signal);
  } catch (error) {
    if (error instanceof Problem) return failedWith(error);
    throw error;
  }
}

/**
 * Works on an import until it ends, unless another worker does. May be killed at any point: the next run goes on behind
 * the rows that are stored.
 */
export async function runImport(
  context: ImportContext,
  { modelId, importId }: JobPayload<'import'>,
  signal: AbortSignal,
): Promise<void> {
  const { db, logger, importsDirectory } = context;
  const claimed = await db.imports.claim(modelId, importId, leaseMs);
  if (!claimed) return;
  const { lease } = claimed;
  const holding = keepHeld(context, lease);
  try {
    const end = await work(context, claimed, signal);
    if (end === null) return await db.imports.release(lease, { forgive: true });
    await db.imports.finish(lease, end);
    await removeFiles(importsDirectory, importId);
  } catch (error) {
    if (error instanceof ImportLeaseLostError || error instanceof UnknownModelError) {
      logger.warn({ reason: error.message, importId }, 'an import was left');
      return;
    }
    await db.imports.release(lease, { forgive: false }).catch(() => {});
    throw error;
  } finally {
    holding.stop();
  }
}
