import { Button, Text } from '@mantine/core';
import type { MetricInfo, Monitor, MonitorState } from '@plumbline/contracts';
import { fieldText } from '../../filters/filter-text.ts';
import { formatNumber } from '../../format-number.ts';
import { formatTime } from '../../format-time.ts';
import { metricTitle } from '../../metric-title.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { type StatusLook, StatusWord } from '../../ui/status-word.tsx';
import { thresholdText } from './threshold-text.ts';

const states: Record<MonitorState, { look: StatusLook; word: string }> = {
  waiting: { look: 'unknown', word: 'Waiting' },
  ok: { look: 'good', word: 'OK' },
  warning: { look: 'warning', word: 'Warning' },
  critical: { look: 'bad', word: 'Critical' },
};

function stateOf({ enabled, last_state: state, awaiting_labels: awaiting, granularity }: Monitor) {
  if (!enabled) return <StatusWord look="quiet">Disabled</StatusWord>;
  const { look, word } = states[state];
  if (awaiting === 0) return <StatusWord look={look}>{word}</StatusWord>;
  if (state === 'waiting') return <StatusWord look={look}>Waiting for labels</StatusWord>;
  return (
    <>
      <StatusWord look={look}>{word}</StatusWord>
      <Text size="sm" c="dimmed">
        {awaiting === 1 ? `newest ${granularity} waits` : `newest ${awaiting} ${granularity}s wait`} for
        labels
      </Text>
    </>
  );
}

interface MonitorTableProps {
  monitors: Monitor[];
  catalogue: MetricInfo[] | undefined;
  onEdit: (monitor: Monitor) => void;
}

export function MonitorTable({ monitors, catalogue, onEdit }: MonitorTableProps) {
  return (
    <DataTable
      label="Monitors"
      rows={monitors}
      keyOf={(monitor) => monitor.id}
      columns={[
        {
          header: 'Monitor',
          cell: (monitor) => (
            <>
              <b>{monitor.name}</b>
              <Text size="sm" c="dimmed">
                {metricTitle(monitor.metric, catalogue)}
                {monitor.column === null ? '' : ` of ${fieldText(monitor.column)}`}, per {monitor.granularity}
              </Text>
            </>
          ),
        },
        { header: 'State', cell: stateOf },
        { header: 'Last value', isNumber: true, cell: (monitor) => formatNumber(monitor.last_value) },
        { header: 'Breach', cell: ({ threshold }) => thresholdText(threshold) },
        {
          header: 'Persistence',
          cell: ({ persistence }) => `${persistence.breaches} of ${persistence.of} windows`,
        },
        {
          header: 'Judged until (UTC)',
          cell: (monitor) => (
            <span className="numbers">
              {monitor.judged_until === null ? 'not judged yet' : formatTime(monitor.judged_until)}
            </span>
          ),
        },
        { header: 'Channels', isNumber: true, cell: (monitor) => monitor.channels.length },
        {
          header: 'Change',
          cell: (monitor) => (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onEdit(monitor)}
              aria-label={`Edit ${monitor.name}`}
            >
              Edit
            </Button>
          ),
        },
      ]}
    />
  );
}
