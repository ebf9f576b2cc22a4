import { Anchor, Table, Text } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import type { MetricInfo } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { prepareTimeSeries } from '../../charts/prepare-time-series.ts';
import { Sparkline } from '../../charts/sparkline.tsx';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount, formatNumber, formatShare, formatShort } from '../../format-number.ts';
import { metricTitle } from '../../metric-title.ts';
import { timeseriesQuery } from '../../model-queries.ts';
import { StatusWord } from '../../ui/status-word.tsx';
import { useModelView } from '../../use-model-view.ts';
import { type DriftColumn, primaryMetric } from './order-by-drift.ts';

interface DriftRowProps {
  column: DriftColumn;
  isOpen: boolean;
  catalogue: MetricInfo[] | undefined;
  onOpen: () => void;
}

function DriftStatus({ column }: { column: DriftColumn }) {
  const metric = primaryMetric(column);
  if (column.drifted) return <StatusWord look="warning">Drifted</StatusWord>;
  if (metric && metric.value !== null) return <StatusWord look="good">Stable</StatusWord>;
  return <StatusWord look="unknown">{(metric?.status ?? 'not computed').replaceAll('_', ' ')}</StatusWord>;
}

/** Loads its line only when the row scrolls into view. */
function DriftSparkline({ column }: { column: DriftColumn }) {
  const { slug, query } = useModelView();
  const { ref, entry } = useIntersection({ threshold: 0 });
  const wasSeen = useRef(false);
  if (entry?.isIntersecting) wasSeen.current = true;
  const series = useQuery({
    ...timeseriesQuery(slug, query, column.primary, column.column),
    enabled: wasSeen.current,
  });
  return (
    <div ref={ref} style={{ width: 120, height: 28 }}>
      {series.data && (
        <Sparkline
          values={prepareTimeSeries(series.data).rows.map((row) => row.value)}
          label={`Drift of ${column.column} over time`}
        />
      )}
    </div>
  );
}

export function DriftRow({ column, isOpen, catalogue, onOpen }: DriftRowProps) {
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
              search={(previous) => ({ ...previous, column: column.column })}
              resetScroll={false}
              onClick={(event) => event.stopPropagation()}
            />
          )}
        >
          {name}
        </Anchor>
        {column.role !== 'feature' && (
          <Text size="sm" c="dimmed">
            {column.role}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{column.kind}</Table.Td>
      <Table.Td>
        <DriftStatus column={column} />
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        <b>{formatNumber(metric?.value)}</b> (limit {formatShort(metric?.threshold)})
        <Text size="sm" c="dimmed" maw={220} ml="auto" style={{ whiteSpace: 'normal' }}>
          {metricTitle(column.primary, catalogue)}
        </Text>
      </Table.Td>
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
      <Table.Td>
        <DriftSparkline column={column} />
      </Table.Td>
    </Table.Tr>
  );
}
