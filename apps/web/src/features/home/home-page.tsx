import { Stack, Table } from '@mantine/core';
import type { Model } from '@plumbline/contracts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { incidentsQuery, ingestStatusQuery, modelsQuery, newestEventQuery } from '../../model-queries.ts';
import { IncidentTable } from '../../ui/incident-table.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { FirstEvent } from './first-event.tsx';
import { ModelRow, type ModelSummary } from './model-row.tsx';
import { orderByAttention } from './order-by-attention.ts';
import { recentDriftQuery } from './queries.ts';

function useSummaries(models: Model[]): ModelSummary[] {
  const { data: open } = useQuery(incidentsQuery('open'));
  const statuses = useQueries({
    queries: models.map((model) => ({ ...ingestStatusQuery(model.model), refetchInterval: 5000 })),
  });
  const newest = useQueries({
    queries: models.map((model, i) => ({
      ...newestEventQuery(model.model, 'production'),
      enabled: (statuses[i]?.data?.events ?? 0) > 0,
      refetchInterval: 15_000,
    })),
  });
  const newestEventAt = (i: number) => newest[i]?.data?.data[0]?.prediction_timestamp ?? null;
  const drifts = useQueries({
    queries: models.map((model, i) => recentDriftQuery(model, newestEventAt(i))),
  });
  return models.map((model, i) => ({
    model,
    name: model.display_name,
    openIncidents: open?.data.filter((incident) => incident.model === model.model).length ?? 0,
    driftedShare: drifts[i]?.data?.dataset.drifted_share ?? null,
    drift: drifts[i]?.data,
    status: statuses[i]?.data,
    newestEventAt: newestEventAt(i),
  }));
}

const columns = [
  'Model',
  'Attention',
  'Drift, last 7 days of data',
  'Events',
  'Newest event',
  'Events per day',
];

function Models({ models }: { models: Model[] }) {
  const [now] = useState(() => Date.now());
  const summaries = useSummaries(models);
  const areKnown = summaries.every((summary) => summary.status !== undefined);
  const [startedEmpty] = useState(models.length === 0);
  const waiting = summaries.every((summary) => summary.status?.events === 0);
  const showsFirstEvent = startedEmpty || (areKnown && waiting);
  return (
    <Stack gap="lg">
      {showsFirstEvent && <FirstEvent model={models[0]} />}
      {models.length > 0 && (
        <Panel title="Models" note="Those that need attention come first">
          <Table.ScrollContainer minWidth={860}>
            <Table aria-label="Models" highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  {columns.map((column) => (
                    <Table.Th key={column} ta={column === 'Events' ? 'right' : 'left'}>
                      {column}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {orderByAttention(summaries).map((summary) => (
                  <ModelRow key={summary.model.model} summary={summary} now={now} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Panel>
      )}
    </Stack>
  );
}

export function HomePage() {
  const models = useQuery({ ...modelsQuery(), refetchInterval: 3000 });
  const open = useQuery({ ...incidentsQuery('open'), refetchInterval: 15_000 });
  return (
    <Page title="Models">
      <QueryView query={models} height={260}>
        {(list) => <Models models={list.data} />}
      </QueryView>
      {models.data && models.data.data.length > 0 && (
        <Panel title="Open incidents">
          <QueryView query={open} height={120}>
            {(list) => <IncidentTable incidents={list.data} emptyText="No incident is open." />}
          </QueryView>
        </Panel>
      )}
    </Page>
  );
}
