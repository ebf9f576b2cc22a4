import type { MetricInfo, MonitorState, Score, Severity } from '@plumbline/contracts';
import { badness, judgedNumber, judgeValue } from '../judge-value.ts';
import { clearAfter } from '../thresholds/window-level.ts';
import type { WindowLimits } from '../thresholds/window-limits.ts';

/*
 * What a monitor makes of its windows, oldest first. It is a pure fold, so that late events, late labels and
 * repeated runs end in the same episodes as if everything had come in time.
 *
 * Not judged: a window whose score is not ok, has fewer than `minN` rows, or too little history for any limit. It
 * changes nothing: no data neither raises nor clears an alarm.
 * Calm: the monitor remembers its last `of` judged windows. When `breaches` of them breach, an episode opens at
 * the present one; it began with the first breaching window remembered.
 * Open: every further breach extends the episode and may raise its severity, which never falls. After two
 * judged windows in a row without a breach (one, when `of` is 1) it is resolved, and the monitor is calm with
 * nothing remembered.
 */

export interface MonitorPoint {
  startMs: number;
  endMs: number;
  score: Score;
  limits: WindowLimits;
}

export interface JudgedPoint extends MonitorPoint {
  /** The number the threshold was applied to: the value, or the p-value of metrics that measure one. */
  judged: number;
}

export interface MonitorRule {
  persistence: { breaches: number; of: number };
  /** Null = as many as the metric needs for a value. */
  minN: number | null;
  /** Of the metric: says which number of a score is judged. */
  measures: MetricInfo['measures'];
}

export interface Episode {
  /** Start of the first breaching window. */
  fromMs: number;
  /** End of the window that opened it. */
  openedToMs: number;
  /** End of the last breaching window. */
  toMs: number;
  resolved: boolean;
  severity: Severity;
  /** The breaching window farthest beyond the threshold. */
  worst: JudgedPoint;
}

export interface MonitorOutcome {
  /** Ascending; only the last one can be unresolved. */
  episodes: Episode[];
  state: MonitorState;
  /** End of the newest judged window. */
  judgedUntilMs: number | null;
  /** The judged number of that window. */
  lastValue: number | null;
}

type JudgingRule = Pick<MonitorRule, 'minN' | 'measures'>;

interface Verdict {
  point: JudgedPoint;
  severity: 'ok' | Severity;
}

/** `points` ascending in time, without overlaps. */
export function foldEpisodes(points: readonly MonitorPoint[], rule: MonitorRule): MonitorOutcome {
  const calmWindows = clearAfter(rule.persistence);
  const episodes: Episode[] = [];
  let open: Episode | null = null;
  let remembered: Verdict[] = [];
  let normalsInRow = 0;
  let newest: JudgedPoint | null = null;

  for (const point of points) {
    const verdict = judge(point, rule);
    if (!verdict) continue;
    newest = verdict.point;
    if (open && verdict.severity !== 'ok') {
      normalsInRow = 0;
      extend(open, verdict.point, verdict.severity);
    } else if (open) {
      normalsInRow += 1;
      if (normalsInRow < calmWindows) continue;
      open.resolved = true;
      open = null;
      remembered = [];
    } else {
      remembered = [...remembered, verdict].slice(-rule.persistence.of);
      open = openEpisode(remembered, rule);
      if (open) episodes.push(open);
      normalsInRow = 0;
    }
  }
  return {
    episodes,
    state: open?.severity ?? (newest ? 'ok' : 'waiting'),
    judgedUntilMs: newest?.endMs ?? null,
    lastValue: newest?.judged ?? null,
  };
}

/** What a window is by itself, persistence aside; null = not judged. */
export function judgePoint(
  { score, limits }: Pick<MonitorPoint, 'score' | 'limits'>,
  { minN, measures }: JudgingRule,
): 'ok' | Severity | null {
  const judged = judgedNumber(score, measures);
  if (judged === null || score.n < (minN ?? 0) || !hasLimits(limits)) return null;
  return limits.isChance ? 'ok' : judgeValue(judged, limits);
}

/** A severity that still learns and has no limit says nothing. */
function hasLimits({ warning, critical }: WindowLimits): boolean {
  return [warning, critical].some(
    (limits) => limits && (limits.status === 'ok' || limits.lower !== null || limits.upper !== null),
  );
}

function judge(point: MonitorPoint, rule: JudgingRule): Verdict | null {
  const severity = judgePoint(point, rule);
  const judged = judgedNumber(point.score, rule.measures);
  return severity === null || judged === null ? null : { point: { ...point, judged }, severity };
}

function openEpisode(remembered: Verdict[], { persistence }: MonitorRule): Episode | null {
  const breaches = remembered.flatMap(({ point, severity }) =>
    severity === 'ok' ? [] : [{ point, severity }],
  );
  const [first, ...rest] = breaches;
  if (!first || breaches.length < persistence.breaches) return null;
  const episode: Episode = {
    fromMs: first.point.startMs,
    openedToMs: breaches.at(-1)?.point.endMs ?? first.point.endMs,
    toMs: first.point.endMs,
    resolved: false,
    severity: first.severity,
    worst: first.point,
  };
  for (const { point, severity } of rest) extend(episode, point, severity);
  return episode;
}

function extend(episode: Episode, point: JudgedPoint, severity: Severity): void {
  episode.toMs = point.endMs;
  if (severity === 'critical') episode.severity = 'critical';
  if (badness(point.judged, point.limits) > badness(episode.worst.judged, episode.worst.limits)) {
    episode.worst = point;
  }
}
