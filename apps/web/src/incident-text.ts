import type { Incident, IncidentStatus } from '@plumbline/contracts';
import { fieldText } from './filters/filter-text.ts';

export const incidentStatusLooks = {
  open: { look: 'bad', word: 'Open' },
  acknowledged: { look: 'seen', word: 'Acknowledged' },
  snoozed: { look: 'quiet', word: 'Snoozed' },
  resolved: { look: 'good', word: 'Resolved' },
} as const satisfies Record<IncidentStatus, { look: string; word: string }>;

/** What an incident is about: that there is no data, or the metric, and its column where it has one. */
export const incidentSubject = (incident: Pick<Incident, 'metric' | 'column' | 'alert'>): string =>
  incident.alert === 'no_data'
    ? 'no data'
    : incident.column === null
      ? incident.metric.replaceAll('_', ' ')
      : `${incident.metric.replaceAll('_', ' ')} of ${fieldText(incident.column)}`;
