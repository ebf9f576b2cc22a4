import { CloseButton, Group, Select, Stack, Table, Text, Title } from '@mantine/core';
import type { DriftAnswer, MetricInfo } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { MetricOverVolume } from '../../charts/metric-over-volume.tsx';
import { fieldText } from '../../filters/filter-text.ts';
import { formatNumber, formatShort } from '../../format-number.ts';
import { metricTitle } from '../../metric-title.ts';
import { timeseriesQuery } from '../../model-queries.ts';
import { EmptyBecause } from '../../ui/empty-message.tsx';
import { MetricPopover } from '../../ui/metric-popover.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { useModelView } from '../../use-model-view.ts';
import { DistributionPanel } from './distribution-panel.tsx';
import { methodText } from './method-text.ts';
import type { DriftColumn } from './order-by-drift.ts';
import { SecondOpinionsPanel } from './second-opinions-panel.tsx';

const route = getRouteApi('/shell/models/$model/drift');

interface ColumnPanelProps {
  column: DriftColumn;
  profile: DriftAnswer['profile'];
  catalogue: MetricInfo[] | undefined;
  onClose: () => void;
}

function AllMetrics({ column, catalogue }: { column: DriftColumn; catalogue: MetricInfo[] | undefined }) {
  return (
    <Panel title="All drift metrics">
      <Table.ScrollContainer minWidth={520}>
        <Table aria-label={`Drift metrics of ${column.column}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Method</Table.Th>
              <Table.Th ta="right">Value</Table.Th>
              <Table.Th ta="right">p</Table.Th>
              <Table.Th ta="right">Threshold</Table.Th>
              <Table.Th>Status</Table.Th>
              <Table.Th>Computed</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {column.metrics.map((metric) => (
              <Table.Tr key={metric.metric}>
                <Table.Td>
                  <Group gap={4} wrap="nowrap">
                    {metricTitle(metric.metric, catalogue)}
                    <MetricPopover info={catalogue?.find((info) => info.metric === metric.metric)} />
                  </Group>
                </Table.Td>
                <Table.Td ta="right" className="numbers">
                  {formatNumber(metric.value)}
                </Table.Td>
                <Table.Td ta="right" className="numbers">
                  {formatNumber(metric.p_value)}
                </Table.Td>
                <Table.Td ta="right" className="numbers">
                  {formatShort(metric.threshold)}
                </Table.Td>
                <Table.Td>
                  {metric.value === null ? (
                    <StatusWord look="unknown">{metric.status.replaceAll('_', ' ')}</StatusWord>
                  ) : (
                    <StatusWord look={metric.drifted ? 'warning' : 'good'}>
                      {metric.drifted ? 'Drifted' : 'Stable'}
                    </StatusWord>
                  )}
                </Table.Td>
                <Table.Td>{metric.exactness === 'exact' ? 'exactly' : 'from bins'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

/** One metric of a column over time; which one is part of the URL. */
function MetricChart({ column, catalogue }: { column: DriftColumn; catalogue: MetricInfo[] | undefined }) {
  const { slug, query, reasonForEmpty } = useModelView();
  const { metric: asked } = route.useSearch();
  const navigate = useNavigate();
  const known = column.metrics.some(({ metric }) => metric === asked);
  const metric = known && asked !== undefined ? asked : column.primary;
  const series = useQuery(timeseriesQuery(slug, query, metric, column.column));
  const title = metricTitle(metric, catalogue);
  return (
    <MetricOverVolume
      title={`${title} over time`}
      name={title}
      metric={series}
      volume={undefined}
      empty={<EmptyBecause reason={reasonForEmpty(true)} />}
      actions={
        <Select
          size="xs"
          w={190}
          aria-label="Drift metric to draw"
          value={metric}
          allowDeselect={false}
          data={column.metrics.map((m) => ({ value: m.metric, label: metricTitle(m.metric, catalogue) }))}
          onChange={(value) =>
            void navigate({
              to: '.',
              search: (previous) => ({
                ...previous,
                metric: value === null || value === column.primary ? undefined : value,
              }),
              resetScroll: false,
            })
          }
        />
      }
    />
  );
}

/** Everything about one column's drift: how it was decided, what changed, since when, by every method. */
export function ColumnPanel({ column, profile, catalogue, onClose }: ColumnPanelProps) {
  const name = fieldText(column.column);
  return (
    <Stack component="section" aria-label={`Drift of ${name}`}>
      <Group justify="space-between">
        <Title order={2} size="h3">
          {name}
        </Title>
        <CloseButton size="lg" aria-label={`Close ${name}`} onClick={onClose} />
      </Group>
      <Text size="sm">{methodText(column, metricTitle(column.primary, catalogue))}</Text>
      <DistributionPanel column={column.column} />
      {profile === 'plumbline' && (
        <>
          <MetricChart column={column} catalogue={catalogue} />
          <AllMetrics column={column} catalogue={catalogue} />
        </>
      )}
      <SecondOpinionsPanel column={column.column} />
    </Stack>
  );
}
