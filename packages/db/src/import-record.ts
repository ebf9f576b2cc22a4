import type {
  ImportFormat,
  ImportKind,
  ImportOptions,
  ImportProblem,
  ImportStatus,
  RejectedRow,
} from '@plumbline/contracts';

export interface ImportRecord {
  modelId: string;
  id: string;
  kind: ImportKind;
  format: ImportFormat;
  name: string | null;
  options: ImportOptions;
  status: ImportStatus;
  bytes: number;
  bytesDone: number;
  rowsTotal: number | null;
  rowsDone: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  /** The first hundred. */
  rejectedRows: RejectedRow[];
  cancelRequested: boolean;
  /** Times a worker took it since rows were last stored. */
  attempts: number;
  problem: ImportProblem | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** The columns of `import` under the names of {@link ImportRecord}. */
export const importColumns = `model_id AS "modelId", id, kind, format, name, options, status, bytes::float8 AS bytes,
  bytes_done::float8 AS "bytesDone", rows_total::float8 AS "rowsTotal", rows_done::float8 AS "rowsDone",
  accepted::float8 AS accepted, duplicates::float8 AS duplicates, rejected::float8 AS rejected,
  rejected_rows AS "rejectedRows", cancel_requested AS "cancelRequested", attempts, problem,
  created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt"`;
