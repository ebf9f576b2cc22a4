import {
  type BinSet,
  columnKey,
  type Expectation,
  type ExpectationReport,
  type ExpectationResult,
  type Profile,
} from '@plumbline/contracts';
import { emptyColumnProfile } from '../empty-profile.ts';
import { type Judged, judgeColumn } from './judge-column.ts';
import { broken, fewestRows, judgeShare, met, unknown } from './judge-share.ts';

/** What a window shows, and what else is known of it; expectations of what is not known here stay unknown. */
export interface ExpectationEvidence {
  binSet: BinSet;
  current: Profile;
  /** Columns (by name) whose values are shown to nobody. */
  sensitive: ReadonlySet<string>;
  /** Names of the features of the model. */
  features?: readonly string[];
  /** Rows of every UTC day (start, ms) that lies in the window as a whole. */
  days?: readonly { startMs: number; events: number }[];
  /** How old the newest row is at the end of the window, ms. */
  ageMs?: number;
  /** Rows received in the window, and those refused for the type of a column, by its name. */
  received?: { rows: number; mistyped: ReadonlyMap<string, number> };
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const mostExamples = 10;

/** 0 = Monday; the epoch began on a Thursday. */
export const weekdayOf = (startMs: number): number => (Math.floor(startMs / dayMs) + 3) % 7;

const notKnown = (elements = 0): Judged => ({ verdict: unknown('not_known'), elements });

function judgeColumns(names: readonly string[], { current, features }: ExpectationEvidence): Judged {
  if (!features) return notKnown(names.length);
  const expected = new Set(names);
  const absent = names.filter((name) => (current.columns[columnKey(name)]?.n ?? 0) === 0);
  const added = features.filter((name) => !expected.has(name));
  const elements = expected.size + added.length;
  const count = absent.length + added.length;
  if (current.events === 0) return { verdict: unknown('no_rows'), elements };
  const isTooFew = absent.length > 0 && added.length === 0 && current.events < fewestRows;
  return {
    verdict: isTooFew ? unknown('too_few_rows') : count > 0 ? broken : met,
    elements,
    unexpected: { atLeast: count, atMost: count, of: elements },
    examples: [...absent, ...added].map((value) => ({
      value,
      count: current.columns[columnKey(value)]?.n ?? 0,
    })),
  };
}

function judgeVolume(
  byWeekday: readonly { min: number; max: number }[],
  { days }: ExpectationEvidence,
): Judged {
  if (!days) return notKnown();
  const outside = days.filter(({ startMs, events }) => {
    const range = byWeekday[weekdayOf(startMs)];
    return range && (events < range.min || events > range.max);
  });
  return {
    verdict: days.length === 0 ? unknown('no_rows') : outside.length > 0 ? broken : met,
    elements: days.length,
    unexpected: { atLeast: outside.length, atMost: outside.length, of: days.length },
    examples: outside.map(({ startMs, events }) => ({
      value: new Date(startMs).toISOString().slice(0, 10),
      count: events,
    })),
  };
}

function judgeFreshness(maxHours: number, { ageMs, current }: ExpectationEvidence): Judged {
  if (current.events === 0) return { verdict: unknown('no_rows'), elements: 0 };
  if (ageMs === undefined) return notKnown(current.events);
  const observed = ageMs / hourMs;
  return { verdict: observed > maxHours ? broken : met, elements: current.events, observed };
}

function judge(expectation: Expectation, evidence: ExpectationEvidence): Judged {
  switch (expectation.kind) {
    case 'columns':
      return judgeColumns(expectation.parameters.names, evidence);
    case 'volume':
      return judgeVolume(expectation.parameters.by_weekday, evidence);
    case 'freshness':
      return judgeFreshness(expectation.parameters.max_hours, evidence);
    case 'type': {
      const { received } = evidence;
      if (!received) return notKnown();
      const count = received.mistyped.get(expectation.column) ?? 0;
      const unexpected = { atLeast: count, atMost: count, of: received.rows };
      return {
        verdict: judgeShare(unexpected, expectation.parameters.mostly),
        elements: received.rows,
        unexpected,
      };
    }
    default: {
      const key = columnKey(expectation.column);
      const column = evidence.binSet.columns.find((candidate) => candidate.column === key);
      if (!column) return notKnown(evidence.current.events);
      const profile = evidence.current.columns[key] ?? emptyColumnProfile(column.bins);
      return judgeColumn(expectation, column, profile);
    }
  }
}

function toResult(expectation: Expectation, evidence: ExpectationEvidence): ExpectationResult {
  const { kind, column, severity, enabled } = expectation;
  const head = { kind, column, severity };
  const nothing = {
    unexpected_count: null,
    unexpected_at_most: null,
    unexpected_percent: null,
    observed: null,
  };
  if (!enabled) return { ...head, status: 'off', reason: null, element_count: 0, ...nothing, examples: [] };
  const { verdict, elements, unexpected, observed = null, examples = [] } = judge(expectation, evidence);
  const isSecret = column !== null && evidence.sensitive.has(column);
  return {
    ...head,
    ...verdict,
    element_count: elements,
    ...nothing,
    ...(unexpected
      ? {
          unexpected_count: unexpected.atLeast,
          unexpected_at_most: unexpected.atMost,
          unexpected_percent: unexpected.of > 0 ? (100 * unexpected.atLeast) / unexpected.of : null,
        }
      : {}),
    observed,
    examples: isSecret ? [] : examples.slice(0, mostExamples),
  };
}

/** Every expectation over one window, in the order given. */
export function judgeExpectations(
  expectations: readonly Expectation[],
  evidence: ExpectationEvidence,
): Omit<ExpectationReport, 'version'> {
  const results = expectations.map((expectation) => toResult(expectation, evidence));
  const count = (status: ExpectationResult['status']) =>
    results.filter((result) => result.status === status).length;
  return { met: count('met'), broken: count('broken'), unknown: count('unknown'), results };
}
