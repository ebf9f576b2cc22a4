import {
  type BinSetColumn,
  type ColumnProfile,
  columnName,
  columnRole,
  type Expectation,
} from '@plumbline/contracts';
import { naturalSpread } from '../monitors/reference-days.ts';
import { countDistinct } from './count-distinct.ts';
import { countMostCommon } from './count-most-common.ts';
import { judgeColumn, type ValueExpectation } from './judge-column.ts';

export interface ProposalColumn {
  column: BinSetColumn;
  /** Of the whole reference, and of its days. */
  profile: ColumnProfile;
  days: readonly ColumnProfile[];
  /** What the schema declares. */
  declared?: { min?: number | undefined; max?: number | undefined } | undefined;
}

const fewestRows = 200;
/** A missing rate may be this much above the usual one. */
const missingMargin = 0.01;
/** The mean may move by this many standard deviations of the values. */
const meanMargin = 0.5;
/** A column whose most common value has a greater share is not expected to vary. */
const mostCommonShare = 0.95;
const enabled = true;

const roundUp = (value: number) => Math.ceil(value * 1000) / 1000;
/** Four significant digits, away from the mean. */
const widen = (value: number, round: (x: number) => number) => {
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) - 3);
  return Number((round(value / unit) * unit).toPrecision(6));
};

function present({ column, profile: { n, missing }, days }: ProposalColumn): ValueExpectation[] {
  const rates = days.map((day) => day.missing / Math.max(1, day.n + day.missing));
  const spread = naturalSpread(rates);
  const usual = missing / Math.max(1, n + missing);
  const allowed = roundUp(Math.max(usual + missingMargin, spread ? spread.mean + spread.reach : 0));
  if (allowed >= 1) return [];
  const parameters = { mostly: Number((1 - allowed).toFixed(3)) };
  return [{ kind: 'present', column: columnName(column.column), severity: 'warning', enabled, parameters }];
}

/** Declared bounds hold for every row; learnt ones for 999 in 1,000. */
function range({ column, profile, declared }: ProposalColumn): ValueExpectation[] {
  const { bins } = column;
  const head = { kind: 'range', column: columnName(column.column), enabled } as const;
  const { min, max } = declared ?? {};
  if (min !== undefined || max !== undefined) {
    const parameters = { min: min ?? null, max: max ?? null, mostly: 1 };
    return [{ ...head, severity: 'critical', parameters }];
  }
  if (bins.layout !== 'numeric' || profile.min === undefined || profile.max === undefined) return [];
  return [
    { ...head, severity: 'warning', parameters: { min: profile.min, max: profile.max, mostly: 0.999 } },
  ];
}

/** Every value is known where the reference had no rare ones; else one row in a hundred may bring a new one. */
function knownValues({ column: { column, bins } }: ProposalColumn): ValueExpectation[] {
  if (bins.layout !== 'categorical' && bins.layout !== 'discrete') return [];
  const isClosed = bins.layout === 'discrete' || bins.rare.length === 0;
  const parameters = { also: [], mostly: isClosed ? 1 : 0.99 };
  return [{ kind: 'known_values', column: columnName(column), severity: 'warning', enabled, parameters }];
}

function distinctValues({ column, profile }: ProposalColumn): ValueExpectation[] {
  const distinct = column.kind === 'categorical' ? countDistinct(column, profile) : undefined;
  if (!distinct || distinct.atLeast < 3 || distinct.atLeast !== distinct.atMost) return [];
  const parameters = { min: Math.ceil(distinct.atLeast / 2), max: Math.floor(1.5 * distinct.atLeast) };
  return [
    { kind: 'distinct_values', column: columnName(column.column), severity: 'warning', enabled, parameters },
  ];
}

function varied({ column, profile }: ProposalColumn): ValueExpectation[] {
  const common = countMostCommon(column, profile);
  const isNumeric = column.bins.layout === 'numeric';
  if (!isNumeric && common.atMost > mostCommonShare * profile.n) return [];
  const parameters = { max_share: 0.999 };
  return [{ kind: 'varied', column: columnName(column.column), severity: 'critical', enabled, parameters }];
}

function mean({ column, profile, days }: ProposalColumn): ValueExpectation[] {
  const { n, mean: usual, m2 } = profile;
  if (column.bins.layout !== 'numeric' || usual === undefined || m2 === undefined || n < 2) return [];
  const means = days.flatMap((day) => (day.n >= fewestRows && day.mean !== undefined ? [day.mean] : []));
  const reach = Math.max(meanMargin * Math.sqrt(m2 / (n - 1)), naturalSpread(means)?.reach ?? 0);
  const parameters = { min: widen(usual - reach, Math.floor), max: widen(usual + reach, Math.ceil) };
  return [{ kind: 'mean', column: columnName(column.column), severity: 'warning', enabled, parameters }];
}

/** A column that differs from day to day, such as a weekday, looks otherwise in a window than in the whole reference. */
function holdsOnDays({ column, days }: ProposalColumn): (expectation: ValueExpectation) => boolean {
  return (expectation) =>
    days.every((day) => judgeColumn(expectation, column, day).verdict.status !== 'broken');
}

function proposeValues(input: ProposalColumn): ValueExpectation[] {
  const { column } = input.column;
  if (columnRole(column) === 'actual') return column === 'actual_label' ? knownValues(input) : [];
  if (column === 'prediction_label') return [...present(input), ...knownValues(input), ...varied(input)];
  if (column === 'prediction_score') return [...present(input), ...varied(input), ...mean(input)];
  return [
    ...present(input),
    ...range(input),
    ...knownValues(input),
    ...distinctValues(input),
    ...varied(input),
    ...mean(input),
  ];
}

/**
 * What the reference suggests for one column; nothing from fewer than 200 rows, nothing that one of its own days breaks,
 * and of labels only which ones there are.
 */
export function proposeColumn(input: ProposalColumn): Expectation[] {
  const { n, missing } = input.profile;
  if (n + missing < fewestRows) return [];
  const column = columnName(input.column.column);
  const values = proposeValues(input).filter(holdsOnDays(input));
  if (columnRole(input.column.column) !== 'feature') return values;
  return [{ kind: 'type', column, severity: 'warning', enabled, parameters: { mostly: 1 } }, ...values];
}
