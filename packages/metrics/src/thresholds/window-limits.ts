import type { Granularity, Score, ThresholdRule } from '@plumbline/contracts';
import { judgedNumber, type SeverityLimits } from '../judge-value.ts';
import { floorToWindow, windowLength } from '../window.ts';
import { type AutoContext, autoRule, maybeChance } from './auto-rule.ts';
import { chartLimits, chartWindows, isChartRule } from './chart-limits.ts';
import { constantLimits } from './constant-limits.ts';
import { type JudgedHistory, judgedHistory } from './judged-history.ts';
import { type Limits, withinRange } from './limits.ts';
import { relativeLimits } from './relative-limits.ts';
import { seasonalLimits, type WeeklyHabit, weeklyHabit } from './seasonal-limits.ts';
import { sigmaLimits } from './sigma-limits.ts';
import { standardErrorOf } from './standard-error-of.ts';
import { clearAfter } from './window-level.ts';

/** What a value may be in one window. */
export interface WindowLimits extends SeverityLimits {
  /** The change may be chance: no breach, whatever the limits. */
  isChance: boolean;
}

export interface ScoredWindow {
  startMs: number;
  score: Score;
}

/** What limits depend on besides the windows. */
export interface LimitContext extends AutoContext {
  granularity: Granularity;
  /** Fewest rows of a window that counts; null = as many as the metric needs. */
  minN: number | null;
}

/** Whether the limits of a rule rest on the windows of the reference. */
export function readsReference(rule: ThresholdRule): boolean {
  return (
    rule.kind === 'auto' || isChartRule(rule) || (rule.kind === 'relative' && rule.baseline === 'reference')
  );
}

/** How far back in time (ms) the limits of a window look at other windows. */
export function historyMs(rule: ThresholdRule, granularity: Granularity): number {
  if (rule.kind === 'sigma') return rule.windows * windowLength(granularity);
  if (rule.kind === 'seasonal') return (rule.weeks + 1) * windowLength('week');
  if (isChartRule(rule)) return chartWindows * windowLength(granularity);
  return rule.kind === 'relative' && rule.baseline === 'previous' ? windowLength(granularity) : 0;
}

/**
 * The limits of every window, in the order given; `windows` ascending in time. They follow from the windows before and
 * the reference alone, so that any order of arrival ends in the same limits. Only windows that can be judged are
 * history: with a value, and `minN` rows.
 */
export function windowLimits(
  windows: readonly ScoredWindow[],
  rule: ThresholdRule,
  context: LimitContext,
): WindowLimits[] {
  const { info, minN } = context;
  if (rule.kind === 'constant') {
    const limits = { ...constantLimits(rule), isChance: false };
    return windows.map(() => limits);
  }
  const numberOf = (score: Score) => (score.n < (minN ?? 0) ? null : judgedNumber(score, info.measures));
  const limitsOf =
    rule.kind === 'auto'
      ? autoOf(rule, context)
      : isChartRule(rule)
        ? chartsOf(windows, rule, context, numberOf)
        : sizedLimits(rule, context, judgedHistory(windows, numberOf));
  const clamp = (limits: Limits | null) => limits && withinRange(limits, info.range);
  return windows.map((window) => {
    const { warning, critical } = limitsOf(window);
    return {
      warning: clamp(warning),
      critical: clamp(critical),
      isChance: rule.kind === 'auto' && maybeChance(window.score, context),
    };
  });
}

type LimitsOf = (window: ScoredWindow) => SeverityLimits;
type Charted = Extract<ThresholdRule, { kind: 'cusum' | 'ewma' | 'page_hinkley' }>;
type Sized = Exclude<ThresholdRule, Charted | { kind: 'constant' | 'auto' }>;

function autoOf(rule: Extract<ThresholdRule, { kind: 'auto' }>, context: LimitContext): LimitsOf {
  const limits = autoRule(rule, context);
  return ({ score }) => limits(score);
}

/** Each severity is a chart of its own. */
function chartsOf(
  windows: readonly ScoredWindow[],
  { kind, direction, warning, critical }: Charted,
  { info, habit, persistence }: LimitContext,
  numberOf: (score: Score) => number | null,
): LimitsOf {
  const values = windows.map(({ score }) => ({
    value: numberOf(score),
    standardError: standardErrorOf(score, info),
  }));
  const options = { kind, direction, chunks: habit?.chunks ?? [], clearAfter: clearAfter(persistence) };
  const of = (size: number | null | undefined) => {
    const limits = size == null ? [] : chartLimits(values, { ...options, size });
    return new Map(windows.flatMap(({ startMs }, i) => (limits[i] ? [[startMs, limits[i]]] : [])));
  };
  const [warnings, criticals] = [of(warning), of(critical)];
  return ({ startMs }) => ({
    warning: warnings.get(startMs) ?? null,
    critical: criticals.get(startMs) ?? null,
  });
}

/** Rules whose two severities are sizes of one kind of change. */
function sizedLimits(rule: Sized, context: LimitContext, history: JudgedHistory): LimitsOf {
  const make = limitMaker(rule, context, history);
  return (window) => {
    const limits = make(window);
    return {
      warning: rule.warning == null ? null : limits(rule.warning),
      critical: rule.critical == null ? null : limits(rule.critical),
    };
  };
}

function limitMaker(
  rule: Sized,
  { info, granularity, habit }: LimitContext,
  history: JudgedHistory,
): (window: ScoredWindow) => (size: number) => Limits {
  const { direction } = rule;
  const length = windowLength(granularity);
  if (rule.kind === 'relative') {
    return ({ startMs }) => {
      const previous = history.between(startMs - length, startMs)[0]?.value;
      const baseline = (rule.baseline === 'previous' ? previous : habit?.usual) ?? null;
      return (change) => relativeLimits({ baseline, change, direction });
    };
  }
  if (rule.kind === 'sigma') {
    return ({ startMs, score }) => {
      const past = history.between(startMs - rule.windows * length, startMs).map(({ value }) => value);
      const standardError = standardErrorOf(score, info);
      return (k) => sigmaLimits({ past, k, standardError, direction });
    };
  }
  const slotOf = (ms: number) => Math.floor((ms - floorToWindow(ms, 'week')) / length);
  const habits = new Map<number, WeeklyHabit>();
  const habitOf = (weekMs: number) => {
    const known = habits.get(weekMs);
    if (known) return known;
    const past = history.between(weekMs - rule.weeks * windowLength('week'), weekMs);
    const made = weeklyHabit(past.map(({ startMs, value }) => ({ slot: slotOf(startMs), value })));
    habits.set(weekMs, made);
    return made;
  };
  return ({ startMs, score }) => {
    const standardError = standardErrorOf(score, info);
    const habit = habitOf(floorToWindow(startMs, 'week'));
    return (k) => seasonalLimits({ habit, slot: slotOf(startMs), k, standardError, direction });
  };
}
