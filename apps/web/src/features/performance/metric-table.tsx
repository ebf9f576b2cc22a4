import { Group, Table } from '@mantine/core';
import type { MetricInfo, PerformanceAnswer } from '@plumbline/contracts';
import { formatCount, formatNumber } from '../../format-number.ts';
import { metricTitle } from '../../metric-title.ts';
import { AnchorLink } from '../../ui/links.tsx';
import { MetricPopover } from '../../ui/metric-popover.tsx';

interface MetricTableProps {
  metrics: PerformanceAnswer['metrics'];
  chosen: string | undefined;
  catalogue: MetricInfo[] | undefined;
}

function interval({ lower, upper }: PerformanceAnswer['metrics'][number]): string {
  return lower === null || upper === null ? '–' : `${formatNumber(lower)} to ${formatNumber(upper)}`;
}

/** Every metric with its interval and n; a click draws it over time. */
export function MetricTable({ metrics, chosen, catalogue }: MetricTableProps) {
  const hasEstimates = metrics.some((metric) => metric.estimated !== null);
  return (
    <Table.ScrollContainer minWidth={460}>
      <Table aria-label="Performance metrics" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Metric</Table.Th>
            <Table.Th ta="right">Value</Table.Th>
            <Table.Th ta="right">95% interval</Table.Th>
            {hasEstimates && <Table.Th ta="right">Estimated</Table.Th>}
            <Table.Th ta="right">n</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {metrics.map((metric) => (
            <Table.Tr key={metric.metric} aria-selected={metric.metric === chosen} className="row-link">
              <Table.Td>
                <Group gap={4} wrap="nowrap">
                  <AnchorLink
                    to="."
                    search={(previous) => ({ ...previous, metric: metric.metric })}
                    resetScroll={false}
                    display="inline-block"
                    miw={24}
                    lh="24px"
                  >
                    {metricTitle(metric.metric, catalogue)}
                  </AnchorLink>
                  <MetricPopover info={catalogue?.find((info) => info.metric === metric.metric)} />
                </Group>
              </Table.Td>
              <Table.Td ta="right" className="numbers" fw={600}>
                {metric.value === null ? metric.status.replaceAll('_', ' ') : formatNumber(metric.value)}
              </Table.Td>
              <Table.Td ta="right" className="numbers">
                {interval(metric)}
              </Table.Td>
              {hasEstimates && (
                <Table.Td ta="right" className="numbers">
                  {formatNumber(metric.estimated)}
                  {metric.estimated_distrusted && ' · distrusted'}
                </Table.Td>
              )}
              <Table.Td ta="right" className="numbers">
                {formatCount(metric.n)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
