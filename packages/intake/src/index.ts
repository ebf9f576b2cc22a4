export { prepareAndAdopt } from './adopt-features.ts';
export { importedReference, importFile, importScratch, importsDirectory } from './import-files.ts';
export { labelsIn } from './labels-in.ts';
export { parseColumnMap, type TableOptions } from './map-columns.ts';
export { createNegativeLabels, type NegativeLabels } from './negative-labels.ts';
export { parseTime } from './parse-time.ts';
export type { PostedRow } from './posted-row.ts';
export { kindsOf, ruleOf, setAside } from './prepare-events.ts';
export { readCsvRows } from './read-csv-rows.ts';
export { readNdjsonRows } from './read-ndjson-rows.ts';
export { readTableRows } from './read-table-rows.ts';
export { isReplayable, type Replayed, replayRows } from './replay-rows.ts';
export { postedRows } from './row-source.ts';
export { setReference } from './set-reference.ts';
export {
  type Intake,
  type IntakeDeps,
  newBatchId,
  type RowKind,
  storeChunks,
  storeRows,
  tryRows,
} from './store-rows.ts';
export { utf8Text } from './utf8-text.ts';
export type { RowDefaults } from './validate-event.ts';
export { type WrittenRows, writeReferenceRows } from './write-reference-rows.ts';
