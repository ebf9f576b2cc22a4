import { Group, Stack, Table, Text } from '@mantine/core';
import type { MetricInfo, PerformanceAnswer } from '@plumbline/contracts';
import { formatCount, formatNumber } from '../../format-number.ts';
import { metricTitle } from '../../metric-title.ts';
import { AnchorLink } from '../../ui/links.tsx';
import { MetricPopover } from '../../ui/metric-popover.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { changeText } from './change-text.ts';

interface MetricTableProps {
  metrics: PerformanceAnswer['metrics'];
  chosen: string | undefined;
  catalogue: MetricInfo[] | undefined;
}

type Entry = PerformanceAnswer['metrics'][number];

function interval({ lower, upper }: Entry): string {
  return lower === null || upper === null ? '–' : `${formatNumber(lower)} to ${formatNumber(upper)}`;
}

function Compared({ compared }: Entry) {
  if (!compared) return '–';
  const value = compared.value === null ? compared.status.replaceAll('_', ' ') : formatNumber(compared.value);
  return `${value} (n = ${formatCount(compared.n)})`;
}

function Change({ compared, info }: { compared: Entry['compared']; info: MetricInfo | undefined }) {
  const change = compared && info ? changeText(compared, info) : null;
  if (!change) return '–';
  return (
    <Stack gap={0}>
      <Text span size="sm">
        {change.text}
      </Text>
      {change.verdict && (
        <StatusWord look={change.verdict === 'worse' ? 'bad' : 'good'}>{change.verdict}</StatusWord>
      )}
    </Stack>
  );
}

/** Every metric with its interval and n; a click draws it over time. */
export function MetricTable({ metrics, chosen, catalogue }: MetricTableProps) {
  const hasEstimates = metrics.some((metric) => metric.estimated !== null);
  const isCompared = metrics.some(({ compared }) => compared !== null);
  const infoOf = (metric: string) => catalogue?.find((info) => info.metric === metric);
  return (
    <Table.ScrollContainer minWidth={isCompared ? 900 : 460}>
      <Table aria-label="Performance metrics" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Metric</Table.Th>
            <Table.Th ta="right">Value</Table.Th>
            <Table.Th ta="right">95% interval</Table.Th>
            {hasEstimates && <Table.Th ta="right">Estimated</Table.Th>}
            <Table.Th ta="right">n</Table.Th>
            {isCompared && (
              <>
                <Table.Th ta="right">Compared</Table.Th>
                <Table.Th>Change</Table.Th>
              </>
            )}
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
                  <MetricPopover info={infoOf(metric.metric)} />
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
              {isCompared && (
                <>
                  <Table.Td ta="right" className="numbers">
                    <Compared {...metric} />
                  </Table.Td>
                  <Table.Td>
                    <Change compared={metric.compared} info={infoOf(metric.metric)} />
                  </Table.Td>
                </>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
