import { type BinSet, columnName, type Expectation, type Profile } from '@plumbline/contracts';
import { quantileSorted } from '@plumbline/stats';
import { emptyColumnProfile } from '../empty-profile.ts';
import type { ReferenceDay } from '../monitors/reference-days.ts';
import { proposeColumn } from './propose-column.ts';
import { proposeVolume } from './propose-volume.ts';

interface ProposalInput {
  binSet: BinSet;
  reference: Profile;
  /** The reference by UTC day, and its hours (start, ms) that hold rows; both ascending. */
  days: readonly ReferenceDay[];
  hours: readonly number[];
  /** The features as the schema declares them. */
  features: readonly { name: string; min?: number | undefined; max?: number | undefined }[];
}

const hourMs = 3_600_000;
const fewestHours = 48;
const usualGap = 0.99;

/** Twice the gap between hours with rows that 99 % of the gaps do not exceed; null from fewer than 48 hours. */
function proposeFreshness(hours: readonly number[]): Expectation[] {
  if (hours.length < fewestHours) return [];
  const gaps = hours.slice(1).map((hour, i) => hour - (hours[i] ?? hour));
  const gap = quantileSorted(Float64Array.from(gaps).sort(), usualGap) ?? 0;
  const max_hours = Math.ceil((2 * gap) / hourMs);
  if (max_hours === 0) return [];
  return [{ kind: 'freshness', column: null, severity: 'warning', enabled: true, parameters: { max_hours } }];
}

/**
 * What a reference suggests to expect of further data: of the model as a whole first, then column by column in the order
 * of the bin set. The first and the last day count as whole days only when the reference has others between them, which
 * are then the ones the volume is learnt from.
 */
export function proposeExpectations(input: ProposalInput): Expectation[] {
  const { binSet, reference, days, hours, features } = input;
  const head = { column: null, severity: 'warning', enabled: true } as const;
  const names = binSet.columns
    .filter(({ column }) => column.startsWith('features.'))
    .map(({ column }) => columnName(column));
  const byWeekday = proposeVolume(
    days.slice(1, -1).map(({ startMs, profile }) => ({ startMs, events: profile.events })),
  );
  return [
    ...(names.length > 0 ? [{ ...head, kind: 'columns', parameters: { names } } as const] : []),
    ...(byWeekday ? [{ ...head, kind: 'volume', parameters: { by_weekday: byWeekday } } as const] : []),
    ...proposeFreshness(hours),
    ...binSet.columns.flatMap((column) => {
      const of = ({ columns }: Profile) => columns[column.column] ?? emptyColumnProfile(column.bins);
      return proposeColumn({
        column,
        profile: of(reference),
        days: days.map(({ profile }) => of(profile)),
        declared: features.find(({ name }) => `features.${name}` === column.column),
      });
    }),
  ];
}
