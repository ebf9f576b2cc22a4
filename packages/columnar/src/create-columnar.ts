import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildBinSet } from './bin-set.ts';
import { codedRows } from './coded-rows.ts';
import { columnValues } from './column-values.ts';
import type { Columnar, ColumnarModel, PartRef } from './columnar.ts';
import { distinctRows } from './distinct-rows.ts';
import { createDuckdbPool, type Session } from './duckdb-pool.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import { groupOutcomes } from './group-outcomes.ts';
import { listEvents } from './list-events.ts';
import { copyReference, mergeParts } from './merge-parts.ts';
import { createParams } from './params.ts';
import { createPartFiles } from './part-files.ts';
import { createPartSchemas, partRelation } from './part-relation.ts';
import { slottedProfiles, wholeProfile } from './profiles.ts';
import { sampleRows } from './sample-rows.ts';
import { sampleVectors } from './sample-vectors.ts';
import { segments } from './segments.ts';
import { slices } from './slices.ts';
import { slotSql } from './slot-sql.ts';
import { sweepParts } from './sweep-parts.ts';
import { describeTable, tableToNdjson } from './table-to-ndjson.ts';
import { openTemporaryDirectory } from './temporary-directory.ts';
import { writeParts, writeReference } from './write-parts.ts';

export interface ColumnarOptions {
  /** Directory of the part store; created when missing. Paths of parts are relative to it. */
  root: string;
  memoryLimitMb: number;
  threads: number;
  /** Further directories that incoming CSV and NDJSON files are read from. */
  incomingDirectories?: string[];
  /** Questions answered at the same time; default 3. */
  connections?: number;
  /** A statement that runs longer is interrupted and rejects, in milliseconds; default ten minutes. */
  timeoutMs?: number;
}

/** Opens the columnar engine: DuckDB in this process over the Parquet parts below `root`. */
export async function createColumnar(options: ColumnarOptions): Promise<Columnar> {
  const root = resolve(options.root);
  const temporaryDirectory = await openTemporaryDirectory(join(root, 'temporary'));
  const pool = await createDuckdbPool({
    directories: [root, ...(options.incomingDirectories ?? [])],
    temporaryDirectory,
    memoryLimitMb: options.memoryLimitMb,
    threads: options.threads,
    connections: options.connections ?? 3,
    timeoutMs: options.timeoutMs ?? 600_000,
  });
  const files = createPartFiles(root, temporaryDirectory);
  const schemas = createPartSchemas(files);
  const scanned = <T>(
    model: ColumnarModel,
    parts: PartRef[],
    work: (scan: PartScan) => Promise<T>,
    signal?: AbortSignal,
  ) => pool.use((session: Session) => work({ session, schemas, model, parts }), signal);

  return {
    writeParts: (model, rows) => pool.use((session) => writeParts(session, files, model, rows)),
    describeTable: (table) => pool.use((session) => describeTable(session, table)),
    tableToNdjson: (table, ndjson, window) =>
      pool.use((session) => tableToNdjson(session, table, ndjson, window)),
    writeReference: (model, path) => pool.use((session) => writeReference(session, files, model, path)),
    copyReference: (model, parts, selection) =>
      scanned(model, parts, (scan) => copyReference(scan, files, selection)),
    touchedHours: (parts) =>
      pool.use(async (session) => {
        const groups = await schemas.group(session, parts);
        const times = partRelation(groups, [{ name: 'predicted_ms', type: 'BIGINT' }]);
        const rows = await session.rows(
          `SELECT DISTINCT ${slotSql('hour')} AS hour FROM (${times}) ORDER BY hour`,
        );
        return rows.map((row) => Number(row.hour));
      }),
    buildBinSet: (model, parts) => scanned(model, parts, buildBinSet),
    profile: (model, binSet, parts, { withPerformance = true, withAttributions = true, ...selection }) =>
      scanned(model, parts, (scan) =>
        wholeProfile(scan, binSet, { grain: 'all', selection, withPerformance, withAttributions }),
      ),
    profiles: (model, binSet, parts, query) => {
      const { grain, hours, withPerformance = true, withAttributions = true, ...selection } = query;
      const scope = { grain, selection, withPerformance, withAttributions, ...(hours ? { hours } : {}) };
      return scanned(model, parts, (scan) => slottedProfiles(scan, binSet, scope));
    },
    columnValues: (model, parts, selection, column, limit) =>
      scanned(model, parts, (scan) => columnValues(scan, selection, column, limit)),
    slices: (model, parts, query) => scanned(model, parts, (scan) => slices(scan, query)),
    groupOutcomes: (model, parts, query) => scanned(model, parts, (scan) => groupOutcomes(scan, query)),
    segments: (model, parts, selection, { signal, ...counted }) =>
      scanned(model, parts, (scan) => segments(scan, selection, counted), signal),
    codedRows: (model, parts, selection, { signal, ...drawn }) =>
      scanned(model, parts, (scan) => codedRows(scan, selection, drawn), signal),
    listEvents: (model, parts, query) => scanned(model, parts, (scan) => listEvents(scan, query)),
    sample: (model, parts, selection, drawn) =>
      scanned(model, parts, (scan) => sampleRows(scan, selection, drawn)),
    sampleVectors: (model, parts, selection, limit) =>
      scanned(model, parts, (scan) => sampleVectors(scan, selection, limit)),
    distinctRows: (model, parts, selection, contents) =>
      scanned(model, parts, (scan) => distinctRows(scan, selection, contents)),
    count: (model, parts, selection) =>
      scanned(model, parts, async (scan) => {
        const params = createParams();
        const events = await eventRelation(
          scan,
          selection,
          [{ name: 'predicted_ms', type: 'BIGINT' }],
          params,
        );
        const [row] = await scan.session.rows(`SELECT count(*) AS events FROM (${events})`, params.values);
        return Number(row?.events);
      }),
    merge: (model, parts) => scanned(model, parts, (scan) => mergeParts(scan, files)),
    async remove(paths) {
      schemas.forget(paths);
      await files.remove(paths);
    },
    async sweep(named, beforeMs) {
      const removed = await sweepParts(root, named, beforeMs);
      schemas.forget(removed);
      return removed;
    },
    async close() {
      await pool.close();
      await rm(temporaryDirectory, { recursive: true, force: true });
    },
  };
}
