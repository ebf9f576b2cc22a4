import type { IncidentStatus, Severity } from '@plumbline/contracts';
import type { Episode } from './fold-episodes.ts';

/*
 * Brings the incidents of one monitor in line with its episodes. An episode and an incident are the same thing
 * when their breaches overlap in event time.
 *
 * An unresolved incident follows the last episode it overlaps: it takes its bounds and value (`update`), rises
 * with its severity (`escalate`; it never falls) and ends with it (`resolve`). Without such an episode the
 * data was revised, and it resolves.
 * An episode that no incident overlaps opens one, and resolves it at once when it is already over. One that
 * overlaps a resolved incident is done with: a person's resolution holds while the same episode lasts.
 * A monitor has at most one unresolved incident, so while one is left, other episodes wait.
 *
 * Carrying out a plan in its order and planning again gives an empty plan.
 */

export interface KnownIncident {
  id: string;
  status: IncidentStatus;
  severity: Severity;
  /** The judged number of the worst breaching window. */
  value: number | null;
  /** Start of the first breaching window and end of the last one. */
  breachFrom: Date;
  breachTo: Date;
}

/**
 * `incidentId` is null for `open`, and for the `resolve` that directly follows the `open` of the same episode.
 * `episode` is null when an incident resolves because its breach is gone. All but that one set the incident's
 * bounds to [fromMs, toMs), its value to `worst.judged` and its severity to the greater of both.
 */
export type IncidentPlanStep =
  | { action: 'open'; episode: Episode; incidentId: null }
  | { action: 'escalate' | 'update'; episode: Episode; incidentId: string }
  | { action: 'resolve'; episode: Episode | null; incidentId: string | null };

interface Span {
  fromMs: number;
  toMs: number;
}

export function planIncidentChanges(
  episodes: readonly Episode[],
  incidents: readonly KnownIncident[],
): IncidentPlanStep[] {
  const steps: IncidentPlanStep[] = [];
  const covered: Span[] = [];
  let hasUnresolved = false;
  for (const incident of incidents) {
    const episode =
      incident.status === 'resolved'
        ? undefined
        : episodes.findLast((candidate) => overlaps(candidate, spanOf(incident)));
    covered.push(episode ?? spanOf(incident));
    if (incident.status === 'resolved') continue;
    const step = follow(incident, episode);
    if (step) steps.push(step);
    if (step?.action !== 'resolve') hasUnresolved = true;
  }
  for (const episode of episodes) {
    if (hasUnresolved || covered.some((span) => overlaps(episode, span))) continue;
    steps.push({ action: 'open', episode, incidentId: null });
    if (episode.resolved) steps.push({ action: 'resolve', episode, incidentId: null });
    else hasUnresolved = true;
  }
  return steps;
}

function follow(incident: KnownIncident, episode: Episode | undefined): IncidentPlanStep | null {
  const { id: incidentId, severity, value } = incident;
  if (!episode || episode.resolved) return { action: 'resolve', episode: episode ?? null, incidentId };
  if (severity === 'warning' && episode.severity === 'critical') {
    return { action: 'escalate', episode, incidentId };
  }
  const { fromMs, toMs } = spanOf(incident);
  const isCurrent = fromMs === episode.fromMs && toMs === episode.toMs && value === episode.worst.judged;
  return isCurrent ? null : { action: 'update', episode, incidentId };
}

function spanOf({ breachFrom, breachTo }: KnownIncident): Span {
  return { fromMs: breachFrom.getTime(), toMs: breachTo.getTime() };
}

function overlaps(a: Span, b: Span): boolean {
  return a.fromMs < b.toMs && b.fromMs < a.toMs;
}
