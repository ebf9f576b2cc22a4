import { Text } from '@mantine/core';
import type { Incident } from '@plumbline/contracts';
import { formatNumber } from '../format-number.ts';
import { formatRange, formatTime } from '../format-time.ts';
import { incidentStatusLooks, incidentSubject } from '../incident-text.ts';
import { DataTable } from './data-table.tsx';
import { AnchorLink } from './links.tsx';
import { StatusWord } from './status-word.tsx';

/** Incidents as rows that lead to their pages. */
export function IncidentTable({ incidents, emptyText }: { incidents: Incident[]; emptyText: string }) {
  if (incidents.length === 0) return <Text c="dimmed">{emptyText}</Text>;
  return (
    <DataTable
      label="Incidents"
      rows={incidents}
      keyOf={(incident) => incident.id}
      columns={[
        {
          header: 'Incident',
          cell: (incident) => (
            <>
              <AnchorLink to="/incidents/$id" params={{ id: incident.id }} fw={600}>
                {incident.monitor}
              </AnchorLink>
              <Text size="sm" c="dimmed">
                {incidentSubject(incident)}
              </Text>
            </>
          ),
        },
        { header: 'Model', cell: (incident) => incident.model },
        {
          header: 'Severity',
          cell: (incident) => (
            <StatusWord look={incident.severity === 'critical' ? 'bad' : 'warning'}>
              {incident.severity === 'critical' ? 'Critical' : 'Warning'}
            </StatusWord>
          ),
        },
        {
          header: 'Status',
          cell: (incident) => (
            <StatusWord look={incidentStatusLooks[incident.status].look}>
              {incidentStatusLooks[incident.status].word}
            </StatusWord>
          ),
        },
        { header: 'Value', isNumber: true, cell: (incident) => formatNumber(incident.value) },
        { header: 'Threshold', isNumber: true, cell: (incident) => formatNumber(incident.threshold) },
        {
          header: 'Window (UTC)',
          cell: (incident) => (
            <span className="numbers">{formatRange(incident.window.from, incident.window.to)}</span>
          ),
        },
        {
          header: 'Opened (UTC)',
          cell: (incident) => <span className="numbers">{formatTime(incident.opened_at)}</span>,
        },
      ]}
    />
  );
}
