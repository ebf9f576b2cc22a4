import type { Granularity, Incident, MetricInfo } from '@plumbline/contracts';
import { formatDay } from '../../format-time.ts';

export interface ChartView {
  page: 'drift' | 'performance';
  search: { from: string; to: string; column?: string; metric?: string; together?: 'day' };
}

/** The page and view that show an incident's window; columns are judged on the drift page. */
export function chartView(incident: Incident, info: MetricInfo | undefined): ChartView {
  const from = formatDay(incident.window.from);
  const to = formatDay(Date.parse(incident.window.to) - 1);
  if (incident.column !== null) return { page: 'drift', search: { from, to, column: incident.column } };
  if (info?.own_limits && windowGranularity(incident) === 'day')
    return { page: 'drift', search: { from, to, together: 'day' } };
  if (info?.family === 'drift') return { page: 'drift', search: { from, to } };
  return { page: 'performance', search: { from, to, metric: incident.metric } };
}

const hourMs = 3_600_000;

/** The granularity whose windows are as long as the incident's. */
export function windowGranularity(incident: Incident): Granularity {
  const hours = (Date.parse(incident.window.to) - Date.parse(incident.window.from)) / hourMs;
  return hours <= 1 ? 'hour' : hours <= 24 ? 'day' : 'week';
}
