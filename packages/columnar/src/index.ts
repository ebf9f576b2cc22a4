export type {
  AsOf,
  Columnar,
  ColumnarModel,
  EventPageQuery,
  EventRange,
  EventSelection,
  PartRef,
  SampledRows,
  SliceQuery,
  WrittenPart,
} from './columnar.ts';
export { type ColumnarOptions, createColumnar } from './create-columnar.ts';
export { type Compaction, planCompaction } from './plan-compaction.ts';
export { UnreadableTableError } from './table-to-ndjson.ts';
