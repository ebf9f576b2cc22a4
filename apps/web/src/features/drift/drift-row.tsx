import { Anchor, Table, Text } from '@mantine/core';
import type { DriftTimelineAnswer, MetricInfo } from '@plumbline/contracts';
import { Link } from '@tanstack/react-router';
import { Sparkline } from '../../charts/sparkline.tsx';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount, formatNumber, formatShare, formatShort } from '../../format-number.ts';
import { metricTitle } from '../../metric-title.ts';
import { StatusWord } from '../../ui/status-word.tsx';
import { type DriftColumn, primaryMetric } from './order-by-drift.ts';

interface DriftRowProps {
  column: DriftColumn;
  isOpen: boolean;
  hasImportance: boolean;
  /** Its windows; undefined while they load, null where there are none. */
  points: DriftTimelineAnswer['columns'][number]['points'] | null | undefined;
  catalogue: MetricInfo[] | undefined;
  onOpen: () => void;
}

function DriftStatus({ column }: { column: DriftColumn }) {
  const metric = primaryMetric(column);
  if (column.drifted) return <StatusWord look="warning">Drifted</StatusWord>;
  if (metric && metric.value !== null) return <StatusWord look="good">Stable</StatusWord>;
  return <StatusWord look="unknown">{(metric?.status ?? 'not computed').replaceAll('_', ' ')}</StatusWord>;
}

/** What a column is, where it is no feature; labels with the share of events that have one. */
function roleText({ role, missing_rate: missing }: DriftColumn): string | null {
  if (role === 'feature') return null;
  if (role === 'prediction') return 'prediction';
  return missing === null ? 'label' : `label, known of ${formatShare(1 - missing)} of events`;
}

export function DriftRow(props: DriftRowProps) {
  const { column, isOpen, hasImportance, points, catalogue, onOpen } = props;
  const role = roleText(column);
  const metric = primaryMetric(column);
  const name = fieldText(column.column);
  return (
    <Table.Tr className="row-link" aria-selected={isOpen} onClick={onOpen}>
      <Table.Td>
        <Anchor
          fw={600}
          inherit
          renderRoot={(props) => (
            <Link
              {...props}
              to="."
              search={(previous) => ({ ...previous, column: column.column, metric: undefined })}
              resetScroll={false}
              onClick={(event) => event.stopPropagation()}
            />
          )}
        >
          {name}
        </Anchor>
        {role && (
          <Text size="sm" c="dimmed">
            {role}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{column.kind}</Table.Td>
      <Table.Td>
        <DriftStatus column={column} />
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        <b>{formatNumber(metric?.value)}</b> (limit {formatShort(metric?.threshold)})
        <Text size="sm" c="dimmed" maw={220} miw={150} ml="auto" style={{ whiteSpace: 'normal' }}>
          {metricTitle(column.primary, catalogue)}
        </Text>
      </Table.Td>
      {hasImportance && (
        <Table.Td ta="right" className="numbers">
          {formatShare(column.importance)}
        </Table.Td>
      )}
      <Table.Td ta="right" className="numbers">
        {formatNumber(metric?.p_value ?? column.metrics.find((m) => m.p_value !== null)?.p_value)}
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        {formatCount(column.n_reference)}
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        {formatCount(column.n_current)}
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        {formatShare(column.missing_rate)}
      </Table.Td>
      {points !== null && (
        <Table.Td>
          <div style={{ width: 120, height: 28 }}>
            {points && (
              <Sparkline
                values={points.map(({ value }) => value)}
                label={`Drift of ${column.column} over time`}
              />
            )}
          </div>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
