import { Stack, Table } from '@mantine/core';
import type { DriftAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { formatCount } from '../../format-number.ts';
import { formatRange } from '../../format-time.ts';
import { metricsQuery } from '../../model-queries.ts';
import { EmptyBecause } from '../../ui/empty-message.tsx';
import { LiveMessage } from '../../ui/live-message.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { ColumnPanel } from './column-panel.tsx';
import { DriftRow } from './drift-row.tsx';
import { orderByDrift } from './order-by-drift.ts';
import { driftQuery } from './queries.ts';

const route = getRouteApi('/shell/models/$model/drift');

const headers = [
  'Feature',
  'Kind',
  'Status',
  'Drift',
  'p',
  'n reference',
  'n current',
  'Missing',
  'Over time',
];
const numbers = new Set(['Drift', 'p', 'n reference', 'n current', 'Missing']);

const summary = ({ dataset }: DriftAnswer) =>
  `${dataset.drifted_columns} of ${dataset.columns} features drift`;

function comparison({ window, reference }: DriftAnswer): string {
  const current = `${formatRange(window.from, window.to)} (UTC)`;
  if (reference === null) return current;
  const range =
    reference.from !== null && reference.to !== null ? `, ${formatRange(reference.from, reference.to)}` : '';
  return `${current} compared with the reference (${formatCount(reference.n)} events${range})`;
}

export function DriftPage() {
  const { slug, model, query, reasonForEmpty } = useModelView();
  const { column } = route.useSearch();
  const navigate = useNavigate();
  const drift = useQuery(driftQuery(slug, query));
  const { data: metrics } = useQuery(metricsQuery());
  const open = (name: string | undefined) =>
    void navigate({ to: '.', search: (previous) => ({ ...previous, column: name }), resetScroll: false });
  return (
    <>
      <DocumentTitle>{`Drift of ${model.display_name}`}</DocumentTitle>
      <QueryView query={drift} height={420}>
        {(answer) => {
          const selected = answer.columns.find((c) => c.column === column);
          if (answer.reference === null || answer.columns.every((c) => c.n_current === 0))
            return <EmptyBecause reason={reasonForEmpty(true)} />;
          return (
            <Stack>
              <LiveMessage>{summary(answer)}</LiveMessage>
              {selected && (
                <ColumnPanel
                  key={selected.column}
                  column={selected}
                  catalogue={metrics?.data}
                  onClose={() => open(undefined)}
                />
              )}
              <Panel title={summary(answer)} note={comparison(answer)}>
                <Table.ScrollContainer minWidth={1000}>
                  <Table aria-label="Columns by drift" highlightOnHover>
                    <Table.Thead>
                      <Table.Tr>
                        {headers.map((header) => (
                          <Table.Th key={header} ta={numbers.has(header) ? 'right' : 'left'}>
                            {header}
                          </Table.Th>
                        ))}
                      </Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      {orderByDrift(answer.columns).map((row) => (
                        <DriftRow
                          key={row.column}
                          column={row}
                          isOpen={row.column === column}
                          catalogue={metrics?.data}
                          onOpen={() => open(row.column)}
                        />
                      ))}
                    </Table.Tbody>
                  </Table>
                </Table.ScrollContainer>
              </Panel>
            </Stack>
          );
        }}
      </QueryView>
    </>
  );
}
