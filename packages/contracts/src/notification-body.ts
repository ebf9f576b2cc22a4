import type { NotificationType } from './channel.ts';
import { columnName } from './column.ts';
import { alertOf, type IncidentStatus, type Severity } from './monitor.ts';

/** What a notification tells about an incident; `IncidentRecord` of the database fits. */
export interface NotifiedIncident {
  id: string;
  status: IncidentStatus;
  severity: Severity;
  /** Slug. */
  model: string;
  /** Name. */
  monitor: string;
  metric: string;
  /** '' for metrics of the model as a whole. */
  columnKey: string;
  value: number | null;
  threshold: number | null;
  windowFrom: Date;
  windowTo: Date;
  evidence: Record<string, unknown>;
}

/**
 * The body of a webhook, in the form of Standard Webhooks. The same text is signed, stored and sent in every attempt.
 * `incident` is null for a `test`.
 */
export function notificationBody(notification: {
  type: NotificationType;
  now: Date;
  incident: NotifiedIncident | null;
  /** Where people open the web app. */
  publicUrl: string;
}): string {
  const { type, now, incident, publicUrl } = notification;
  return JSON.stringify({
    type,
    timestamp: now.toISOString(),
    data: { incident: incident && describe(incident, publicUrl), evidence: incident?.evidence ?? {} },
  });
}

function describe(incident: NotifiedIncident, publicUrl: string) {
  return {
    id: incident.id,
    status: incident.status,
    severity: incident.severity,
    alert: alertOf(incident),
    model: incident.model,
    monitor: incident.monitor,
    metric: incident.metric,
    column: incident.columnKey === '' ? null : columnName(incident.columnKey),
    value: incident.value,
    threshold: incident.threshold,
    window: { from: incident.windowFrom.toISOString(), to: incident.windowTo.toISOString() },
    url: `${publicUrl.replace(/\/+$/, '')}/incidents/${incident.id}`,
  };
}
