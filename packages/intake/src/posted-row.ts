import type { RowFault } from './row-check.ts';

/**
 * One row of a request, or why its line is no row. `index` counts rows from 0; `text` is the line of a fault; `asPosted`
 * is what the row was before mapping rules changed it.
 */
export type PostedRow =
  | { index: number; row: unknown; asPosted?: unknown }
  | { index: number; fault: RowFault; text: string };
