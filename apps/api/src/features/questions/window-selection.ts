import type { AsOf } from '@plumbline/columnar';
import type { BinSet } from '@plumbline/contracts';
import type { BinSetRecord } from '@plumbline/db';
import type { Selection } from '../../parse-selection.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A selection whose window is known. */
export type WindowSelection = Selection & { fromMs: number; toMs: number; asOf?: AsOf };

const isWholeHours = ({ fromMs, toMs }: WindowSelection) => fromMs % hourMs === 0 && toMs % hourMs === 0;

/** Whether stored profiles answer exactly: no filter, whole hours, the active bin set. */
export function isStored(binSet: BinSetRecord, body: BinSet, selection: WindowSelection): boolean {
  return (
    selection.filter === undefined &&
    selection.asOf === undefined &&
    isWholeHours(selection) &&
    body === binSet.body
  );
}
