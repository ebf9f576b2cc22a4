import type { MetricInfo, MonitorState, Score, Severity, ThresholdRule } from '@plumbline/contracts';
import { badness, judgedNumber, judgeValue } from '../judge-value.ts';

/*
 * What a monitor makes of its windows, oldest first. It is a pure fold, so that late events, late labels and
 * repeated runs end in the same episodes as if everything had come in time.
 *
 * Not judged: a window whose score is not ok, or has fewer than `minN` rows. It changes nothing: no data
 * neither raises nor clears an alarm.
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
}

export interface JudgedPoint extends MonitorPoint {
  /** The number the threshold was applied to: the value, or the p-value of metrics that measure one. */
  judged: number;
}

export interface MonitorRule {
  threshold: ThresholdRule;
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

interface Verdict {
  point: JudgedPoint;
  severity: 'ok' | Severity;
}

/** `points` ascending in time, without overlaps. */
export function foldEpisodes(points: readonly MonitorPoint[], rule: MonitorRule): MonitorOutcome {
  const clearAfter = rule.persistence.of === 1 ? 1 : 2;
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
      extend(open, verdict.point, verdict.severity, rule.threshold);
    } else if (open) {
      normalsInRow += 1;
      if (normalsInRow < clearAfter) continue;
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

function judge(point: MonitorPoint, { threshold, minN, measures }: MonitorRule): Verdict | null {
  const judged = judgedNumber(point.score, measures);
  if (judged === null || point.score.n < (minN ?? 0)) return null;
  return { point: { ...point, judged }, severity: judgeValue(judged, threshold) };
}

function openEpisode(remembered: Verdict[], { persistence, threshold }: MonitorRule): Episode | null {
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
  for (const { point, severity } of rest) extend(episode, point, severity, threshold);
  return episode;
}

function extend(episode: Episode, point: JudgedPoint, severity: Severity, threshold: ThresholdRule): void {
  episode.toMs = point.endMs;
  if (severity === 'critical') episode.severity = 'critical';
  if (badness(point.judged, threshold) > badness(episode.worst.judged, threshold)) episode.worst = point;
}
