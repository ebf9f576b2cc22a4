import type { IncidentStatus, Severity } from '@plumbline/contracts';
import type { Incident as IncidentRow, Prisma } from './generated/client.ts';

export interface IncidentRecord {
  id: string;
  projectId: string;
  modelId: string;
  monitorId: string;
  /** Slug. */
  model: string;
  /** Name. */
  monitor: string;
  metric: string;
  columnKey: string;
  status: IncidentStatus;
  severity: Severity;
  value: number | null;
  threshold: number | null;
  /** The window that lies farthest beyond the threshold; `value` is its value. */
  windowFrom: Date;
  windowTo: Date;
  /** The breach in event time: start of the first breaching window, end of the last one. */
  breachFrom: Date;
  breachTo: Date;
  openedAt: Date;
  acknowledgedAt: Date | null;
  snoozedUntil: Date | null;
  resolvedAt: Date | null;
  evidence: Record<string, unknown>;
}

export const incidentInclude = {
  model: { select: { slug: true } },
  monitor: { select: { name: true, metric: true, columnKey: true } },
} as const satisfies Prisma.IncidentInclude;

type Row = IncidentRow & {
  model: { slug: string };
  monitor: { name: string; metric: string; columnKey: string };
};

export const toIncident = ({ model, monitor, ...row }: Row): IncidentRecord => ({
  ...row,
  model: model.slug,
  monitor: monitor.name,
  metric: monitor.metric,
  columnKey: monitor.columnKey,
  status: row.status as IncidentStatus,
  severity: row.severity as Severity,
  evidence: row.evidence as Record<string, unknown>,
});
