import { delayBinsPerOctave } from '@plumbline/contracts';
import type { PartColumn } from './part-columns.ts';

export const delayColumn: PartColumn = { name: 'actual_ms', type: 'BIGINT' };

/** The bin of `DelayProfile` of a labelled event whose actual has a time, else NULL; reads `predicted_ms`. */
export function delayBinSql(labelled: string): string {
  const seconds = '((actual_ms - predicted_ms) / 1000e0)';
  return `CASE WHEN ${labelled} AND actual_ms IS NOT NULL THEN
    CASE WHEN actual_ms - predicted_ms < 1000 THEN 0 ELSE floor(${delayBinsPerOctave} * log2(${seconds})) + 1 END END`;
}
