import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { IncidentDetail } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { formatNumber } from '../../format-number.ts';
import { formatRange, formatTime } from '../../format-time.ts';
import { incidentStatusLooks, incidentSubject } from '../../incident-text.ts';
import { metricTitle } from '../../metric-title.ts';
import { metricsQuery } from '../../model-queries.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { IncidentActions } from './incident-actions.tsx';
import { IncidentChart } from './incident-chart.tsx';
import { IncidentEvidence } from './incident-evidence.tsx';
import { IncidentNotifications } from './incident-notifications.tsx';
import { IncidentTimeline } from './incident-timeline.tsx';
import { incidentQuery } from './queries.ts';

const route = getRouteApi('/shell/incidents/$id');

function facts(incident: IncidentDetail): [name: string, value: string][] {
  const time = (name: string, value: string | null): [string, string][] =>
    value === null ? [] : [[name, `${formatTime(value)} UTC`]];
  return [
    ['Value', formatNumber(incident.value)],
    ['Threshold', formatNumber(incident.threshold)],
    ['Window', `${formatRange(incident.window.from, incident.window.to)} UTC`],
    ['Severity', incident.severity],
    ...time('Opened', incident.opened_at),
    ...time('Acknowledged', incident.acknowledged_at),
    ...time('Snoozed until', incident.snoozed_until),
    ...time('Resolved', incident.resolved_at),
  ];
}

function Detail({ incident }: { incident: IncidentDetail }) {
  const { data: catalogue } = useQuery(metricsQuery());
  const info = catalogue?.data.find((entry) => entry.metric === incident.metric);
  const status = incidentStatusLooks[incident.status];
  return (
    <Page title={incident.monitor} actions={<StatusWord look={status.look}>{status.word}</StatusWord>}>
      <Text>
        {incident.alert === 'no_data' && 'No data: '}
        {incident.column === null ? metricTitle(incident.metric, catalogue?.data) : incidentSubject(incident)}{' '}
        of{' '}
        <AnchorLink to="/models/$model" params={{ model: incident.model }} underline="always">
          {incident.model}
        </AnchorLink>{' '}
        was {formatNumber(incident.value)}, threshold {formatNumber(incident.threshold)}, in the window{' '}
        {formatRange(incident.window.from, incident.window.to)} (UTC).
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title="What happened">
          <DataTable
            label="Incident"
            rows={facts(incident)}
            keyOf={([name]) => name}
            columns={[
              { header: 'Field', cell: ([name]) => name },
              { header: 'Value', cell: ([, value]) => value },
            ]}
          />
        </Panel>
        <Panel title="What to do">
          <IncidentActions incident={incident} />
        </Panel>
      </SimpleGrid>
      <IncidentChart incident={incident} info={info} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <IncidentEvidence evidence={incident.evidence} />
        <Stack>
          <IncidentTimeline timeline={incident.timeline} />
          <IncidentNotifications incident={incident} />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}

export function IncidentPage() {
  const { id } = route.useParams();
  const incident = useQuery({ ...incidentQuery(id), refetchInterval: 15_000 });
  return (
    <QueryView query={incident} height={600}>
      {(detail) => <Detail incident={detail} />}
    </QueryView>
  );
}
