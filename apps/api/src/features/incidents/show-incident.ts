import { alertOf, columnName, type Incident } from '@plumbline/contracts';
import type { IncidentRecord } from '@plumbline/db';
import { timeText } from '../../time-text.ts';

export function showIncident(incident: IncidentRecord): Incident {
  return {
    id: incident.id,
    status: incident.status,
    severity: incident.severity,
    alert: alertOf(incident),
    model: incident.model,
    monitor_id: incident.monitorId,
    monitor: incident.monitor,
    metric: incident.metric,
    column: incident.columnKey === '' ? null : columnName(incident.columnKey),
    value: incident.value,
    threshold: incident.threshold,
    window: { from: timeText(incident.windowFrom), to: timeText(incident.windowTo) },
    opened_at: timeText(incident.openedAt),
    acknowledged_at: timeText(incident.acknowledgedAt),
    snoozed_until: timeText(incident.snoozedUntil),
    resolved_at: timeText(incident.resolvedAt),
    evidence: incident.evidence,
  };
}
