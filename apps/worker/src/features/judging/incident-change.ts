import type { NotificationType } from '@plumbline/contracts';
import type {
  IncidentChange,
  IncidentRecord,
  IncidentRevision,
  ModelRecord,
  MonitorRecord,
} from '@plumbline/db';
import { breachedLimit, type Episode, type IncidentPlanStep } from '@plumbline/metrics';

export interface StepContext {
  model: Pick<ModelRecord, 'id' | 'projectId'>;
  monitor: MonitorRecord;
  now: Date;
  /** Of the episode's worst window. */
  evidence: Record<string, unknown>;
  body: (type: NotificationType) => (incident: IncidentRecord) => string;
}

function boundsOf(episode: Episode) {
  const { worst, severity } = episode;
  return {
    value: worst.judged,
    threshold: breachedLimit(worst.judged, severity, worst.limits),
    windowFrom: new Date(worst.startMs),
    windowTo: new Date(worst.endMs),
    breachFrom: new Date(episode.fromMs),
    breachTo: new Date(episode.toMs),
  };
}

const isSnoozed = (incident: IncidentRecord, now: Date) =>
  incident.status === 'snoozed' && (incident.snoozedUntil === null || incident.snoozedUntil > now);

function opening(episode: Episode, { model, monitor, now, evidence, body }: StepContext): IncidentChange {
  return {
    incidentId: null,
    set: {
      ...boundsOf(episode),
      projectId: model.projectId,
      modelId: model.id,
      monitorId: monitor.id,
      status: 'open',
      severity: episode.severity,
      openedAt: now,
      acknowledgedAt: null,
      snoozedUntil: null,
      resolvedAt: null,
      evidence,
    },
    entry: { kind: 'opened', by: null, text: null },
    notify: { type: 'incident.opened', channelIds: monitor.channels, body: body('incident.opened') },
  };
}

/** An episode may end in the same judgement in which its worst window became critical. */
function resolving(
  episode: Episode | null,
  incident: IncidentRecord,
  { monitor, now, evidence, body }: StepContext,
): IncidentRevision {
  return {
    incidentId: incident.id,
    set: {
      ...(episode ? { ...boundsOf(episode), evidence } : {}),
      ...(episode?.severity === 'critical' ? { severity: 'critical' as const } : {}),
      status: 'resolved',
      resolvedAt: now,
      snoozedUntil: null,
    },
    entry: {
      kind: 'resolved',
      by: null,
      text: episode ? null : 'The data was revised: there is no breach any more',
    },
    notify: { type: 'incident.resolved', channelIds: monitor.channels, body: body('incident.resolved') },
  };
}

/** A snoozed incident grows silently; one whose snooze is over is open again. */
function following(
  step: { action: 'escalate' | 'update'; episode: Episode },
  incident: IncidentRecord,
  { monitor, now, evidence, body }: StepContext,
): IncidentRevision {
  const escalates = step.action === 'escalate';
  const woken = incident.status === 'snoozed' && !isSnoozed(incident, now);
  return {
    incidentId: incident.id,
    set: {
      ...boundsOf(step.episode),
      evidence,
      ...(escalates ? { severity: 'critical' as const } : {}),
      ...(woken ? { status: 'open' as const, snoozedUntil: null } : {}),
    },
    entry: escalates ? { kind: 'escalated', by: null, text: null } : null,
    notify:
      escalates && !isSnoozed(incident, now)
        ? { type: 'incident.escalated', channelIds: monitor.channels, body: body('incident.escalated') }
        : null,
  };
}

/**
 * What a planned step stores and whom it tells. `incident` is the one the step names; for the `resolve` that follows
 * an `open`, the one just opened. Null when there is none.
 */
export function incidentChange(
  step: IncidentPlanStep,
  incident: IncidentRecord | null,
  context: StepContext,
): IncidentChange | IncidentRevision | null {
  if (step.action === 'open') return opening(step.episode, context);
  if (!incident) return null;
  if (step.action === 'resolve') return resolving(step.episode, incident, context);
  return following(step, incident, context);
}
