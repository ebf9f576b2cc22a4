import { Problem } from '@plumbline/contracts';
import type { IncidentChange, IncidentRecord } from '@plumbline/db';
import type { Deps } from '../../deps.ts';
import { timeText } from '../../time-text.ts';
import { showIncident } from './show-incident.ts';

/** What a person did to an incident. */
export type Act =
  | { kind: 'acknowledged' | 'resolved'; at: Date }
  | { kind: 'snoozed'; at: Date; until: Date };

/** The incident's columns after an act; null when it is resolved and takes no more. Pure. */
export function afterAct(incident: IncidentRecord, act: Act): IncidentChange['set'] | null {
  const {
    id: _id,
    model: _model,
    monitor: _monitor,
    metric: _metric,
    columnKey: _columnKey,
    ...set
  } = incident;
  if (incident.status === 'resolved') return null;
  switch (act.kind) {
    case 'acknowledged':
      return {
        ...set,
        status: 'acknowledged',
        acknowledgedAt: set.acknowledgedAt ?? act.at,
        snoozedUntil: null,
      };
    case 'snoozed':
      return { ...set, status: 'snoozed', snoozedUntil: act.until };
    case 'resolved':
      return { ...set, status: 'resolved', resolvedAt: act.at, snoozedUntil: null };
  }
}

/** The notification's body; `url` leads to the incident's page. */
function notificationBody(
  type: string,
  incident: IncidentRecord,
  publicUrl: string | undefined,
  at: Date,
): string {
  const { id, status, severity, model, monitor, metric, column, value, threshold, window, evidence } =
    showIncident(incident);
  const url = `${publicUrl?.replace(/\/$/, '') ?? ''}/incidents/${id}`;
  const shown = { id, status, severity, model, monitor, metric, column, value, threshold, window, url };
  return JSON.stringify({ type, timestamp: timeText(at), data: { incident: shown, evidence } });
}

/** Stores an act with its timeline entry and its notifications. @throws Problem 409 when the incident is resolved */
export async function changeIncident(
  { db, queue, config, logger }: Deps,
  incident: IncidentRecord,
  act: Act,
  by: string,
): Promise<IncidentRecord> {
  if (incident.status === act.kind && act.kind !== 'snoozed') return incident;
  const set = afterAct(incident, act);
  if (!set) throw new Problem('conflict', { detail: 'The incident is resolved.' });
  const monitor = await db.monitors.find(incident.modelId, incident.monitorId);
  const type = act.kind === 'snoozed' ? null : (`incident.${act.kind}` as const);
  const applied = await db.incidents.apply({
    incidentId: incident.id,
    set,
    entry: { kind: act.kind, by, text: act.kind === 'snoozed' ? `until ${timeText(act.until)}` : null },
    notify: type && {
      type,
      channelIds: monitor?.channels ?? [],
      body: (stored) => notificationBody(type, stored, config.publicUrl, act.at),
    },
  });
  if (!applied) throw new Problem('conflict', { detail: 'The incident changed meanwhile.' });
  for (const deliveryId of applied.deliveryIds) {
    void queue.enqueue('deliver', { deliveryId }).catch((error: unknown) => {
      logger.warn({ err: error, deliveryId }, 'delivery was not enqueued; the sweep will find it');
    });
  }
  return applied.incident;
}
