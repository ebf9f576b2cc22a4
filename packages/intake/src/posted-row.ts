import type { RowFault } from './row-check.ts';
import type { RowSource } from './row-source.ts';

/**
 * One row of a request, or why its line is no row. `index` counts rows from 0; `text` is what is at fault, as it was written; `asPosted`
 * is what the row was before mapping rules changed it; `source` is what it was parsed from.
 */
export type PostedRow =
  | { index: number; row: unknown; asPosted?: unknown; source?: RowSource }
  | { index: number; fault: RowFault; text: string; row?: unknown };
