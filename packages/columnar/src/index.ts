export type { CodedRows } from './coded-rows.ts';
export type {
  AsOf,
  Columnar,
  ColumnarModel,
  EventPageQuery,
  EventRange,
  EventSelection,
  GroupedOutcomes,
  PartRef,
  SampledRows,
  SliceQuery,
  WrittenPart,
} from './columnar.ts';
export { type ColumnarOptions, createColumnar } from './create-columnar.ts';
export { TooManyGroupsError } from './group-outcomes.ts';
export { type Compaction, planCompaction } from './plan-compaction.ts';
export { UnreadableTableError } from './table-to-ndjson.ts';
export { toColumnarModel } from './to-columnar-model.ts';
