import type {
  AttributeGroup,
  BinSet,
  Dimension,
  Environment,
  EventRow,
  FeatureKind,
  Filter,
  Granularity,
  Profile,
  RowMeasure,
  Segment,
  SegmentCounting,
  SlicesAnswer,
  SlottedProfile,
  Task,
} from '@plumbline/contracts';
import type { CodedRows } from './coded-rows.ts';

/** What the columnar engine must know about a model. */
export interface ColumnarModel {
  id: string;
  task: Task;
  positiveLabel: string | null;
  /** `ordinal` names the Parquet column (`f<ordinal>`), so that names may hold any character. */
  features: { name: string; kind: FeatureKind; ordinal: number }[];
  tags: string[];
}

export interface PartRef {
  id: string;
  kind: 'events' | 'actuals' | 'reference';
  path: string;
  rows: number;
  minMs: number;
  maxMs: number;
}

export interface WrittenPart extends PartRef {
  bytes: number;
}

/** [fromMs, toMs) over prediction time; undefined = open. */
export interface EventRange {
  fromMs?: number;
  toMs?: number;
}

/** What had been received at a moment. */
export interface AsOf {
  /** Events received later (epoch ms) are not selected. */
  receivedMs: number;
  /** Actuals of later batches count as not known. */
  seq: number;
  /** The actuals that were in effect then and were replaced since. */
  corrected: {
    prediction_id: string;
    actual_label: string | null;
    actual_score: number | null;
    actual_ms: number | null;
    actual_seq: number;
  }[];
}

export interface EventSelection extends EventRange {
  version?: string;
  environment?: Environment;
  filter?: Filter;
  /** Events and actuals as they were known then; absent = as they are. */
  asOf?: AsOf;
}

/** What profiles hold beside the columns of the bin set: both unless told. What is left out is neither read nor computed. */
export interface ProfileSections {
  /** False leaves `performance` empty, and actuals unread unless a column or the filter needs them. */
  withPerformance?: boolean;
  withAttributions?: boolean;
}

/** What a slice query may order by and which metrics it can compute. */
export interface SliceQuery extends EventSelection {
  groupBy: string[];
  metrics: string[];
  orderBy: { key: string; descending: boolean };
  minN: number;
  limit: number;
}

/** Which groups outcomes are counted of, and what counts as selected. */
export interface GroupOutcomesQuery extends EventSelection {
  /** Filter fields; `edges`, ascending, cut numbers into ranges [edge, next edge), open at both ends. */
  attributes: { field: string; edges?: number[] }[];
  /** Classification; another label than a binary model's positive one stands for all that are not positive. */
  favourableLabel: string | null;
  /** Rejects with TooManyGroupsError beyond it. */
  maxGroups: number;
}

/** Outcomes by group, in no particular order. */
export interface GroupedOutcomes {
  groups: AttributeGroup[];
  /** Prediction times of the first and the last event; null without events. */
  extent: { minMs: number; maxMs: number } | null;
  /** Whether an event has the favourable label, predicted or actual. */
  hasLabel: boolean;
}

/** The predictions page: newest first, keyset by (prediction time, id). */
export interface EventPageQuery extends EventSelection {
  limit: number;
  before?: { predictedMs: number; predictionId: string };
}

/** Values of some rows, in the order of their times. */
export interface SampledRows {
  /** Prediction time, epoch ms. */
  times: Float64Array;
  /** Numbers with NaN for what is missing, or texts (booleans as `true` and `false`) with null. */
  columns: { name: string; values: Float64Array | (string | null)[] }[];
}

/** Vectors of some rows by the name of the embedding, in the order of their times (epoch ms). */
export type SampledVectors = Map<string, { times: Float64Array; vectors: number[][] }>;

/** Rows of one window and how many different contents they have. */
export interface DistinctRows {
  /** Epoch ms, UTC. */
  start: number;
  rows: number;
  distinct: number;
}

export interface Columnar {
  /** CSV files as `PartManifest.mirror` exports them → typed Parquet parts, split by time so that a part spans at most one UTC month. */
  writeParts(
    model: ColumnarModel,
    rows: { eventsCsv: string; events: number; actualsCsv: string; actuals: number },
  ): Promise<WrittenPart[]>;
  /** Column names and number of rows of a Parquet file. @throws UnreadableTableError */
  describeTable(tablePath: string): Promise<{ columns: string[]; rows: number }>;
  /**
   * A Parquet file → NDJSON, one object a row; with `window` only those of its rows, counted from 0. Returns the column
   * names in order. @throws UnreadableTableError
   */
  tableToNdjson(
    tablePath: string,
    ndjsonPath: string,
    window?: { offset: number; limit: number },
  ): Promise<string[]>;
  /** NDJSON of StoredEvent (+ actual_label, actual_score, actual_ms) → one reference part. */
  writeReference(model: ColumnarModel, ndjsonPath: string): Promise<WrittenPart[]>;
  /** Copies a range of production events (with their actuals) into one reference part; a selection without `environment` means production. */
  copyReference(model: ColumnarModel, parts: PartRef[], selection: EventSelection): Promise<WrittenPart[]>;
  /** UTC hours (start, ms) that hold events of these parts; for an actuals part the hours of its events' predictions. */
  touchedHours(parts: PartRef[]): Promise<number[]>;
  /** Frozen bins of every column from a reference. */
  buildBinSet(model: ColumnarModel, referenceParts: PartRef[]): Promise<BinSet>;
  /** One profile of everything selected. */
  profile(
    model: ColumnarModel,
    binSet: BinSet,
    parts: PartRef[],
    selection: EventSelection & ProfileSections,
  ): Promise<Profile>;
  /** Profiles by (slot, version, environment); `hours` limits the scan to those hour slots. */
  profiles(
    model: ColumnarModel,
    binSet: BinSet,
    parts: PartRef[],
    query: EventSelection & ProfileSections & { grain: Granularity; hours?: number[] },
  ): Promise<SlottedProfile[]>;
  /** Values of one column in the order of (prediction time, id), numbers or text, null for missing; the first `limit`. */
  columnValues(
    model: ColumnarModel,
    parts: PartRef[],
    selection: EventSelection,
    column: string,
    limit: number,
  ): Promise<(number | string | null)[]>;
  slices(model: ColumnarModel, parts: PartRef[], query: SliceQuery): Promise<SlicesAnswer>;
  /** Outcomes of the events that share the values of attributes. @throws TooManyGroupsError */
  groupOutcomes(model: ColumnarModel, parts: PartRef[], query: GroupOutcomesQuery): Promise<GroupedOutcomes>;
  /** Every level of every dimension over the selected events, by dimension and code; exact. */
  segments(
    model: ColumnarModel,
    parts: PartRef[],
    selection: EventSelection,
    counted: { dimensions: Dimension[]; counting: SegmentCounting; signal?: AbortSignal },
  ): Promise<Segment[][]>;
  /** About `limit` of the selected events that have the measure (all when there are fewer) by their levels. */
  codedRows(
    model: ColumnarModel,
    parts: PartRef[],
    selection: EventSelection,
    drawn: { dimensions: Dimension[]; measure: RowMeasure; limit: number; signal?: AbortSignal },
  ): Promise<CodedRows>;
  listEvents(model: ColumnarModel, parts: PartRef[], query: EventPageQuery): Promise<EventRow[]>;
  /** Up to `limit` of the selected events, always the same ones of the same events; all of them when there are fewer. */
  sample(
    model: ColumnarModel,
    parts: PartRef[],
    selection: EventSelection,
    drawn: { columns: string[]; limit: number },
  ): Promise<SampledRows>;
  /** Embeddings of up to `limit` of the selected events that have any, always the same ones of the same events. */
  sampleVectors(
    model: ColumnarModel,
    parts: PartRef[],
    selection: EventSelection,
    limit: number,
  ): Promise<SampledVectors>;
  /**
   * Rows of every window of `grain` that holds events (`all` = one, at 0), and different contents of `columns` among
   * them, ascending.
   * Contents are told apart by a 64-bit hash; two missing values are the same.
   */
  distinctRows(
    model: ColumnarModel,
    parts: PartRef[],
    selection: EventSelection,
    contents: { columns: string[]; grain: Granularity | 'all' },
  ): Promise<DistinctRows[]>;
  /** Number of events selected. */
  count(model: ColumnarModel, parts: PartRef[], selection: EventSelection): Promise<number>;
  /**
   * Merges event parts into one a UTC month (cut by time beyond 1.5 M rows) and folds the given actuals parts into it;
   * every row appears once. Given actuals parts alone, merges those; see `planCompaction`.
   */
  merge(model: ColumnarModel, parts: PartRef[]): Promise<WrittenPart[]>;
  remove(paths: string[]): Promise<void>;
  /**
   * Deletes part files last written before `beforeMs` (epoch ms) that `named`, asked for the paths of one model's parts,
   * does not name, and unfinished files as old as that. Gives their paths.
   */
  sweep(named: (modelId: string) => Promise<string[]>, beforeMs: number): Promise<string[]>;
  close(): Promise<void>;
}
