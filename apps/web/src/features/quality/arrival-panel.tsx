import { Stack, Text } from '@mantine/core';
import type { Arrival } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { formatCount, formatShare } from '../../format-number.ts';
import { formatDuration, formatTime } from '../../format-time.ts';
import { metricsQuery } from '../../model-queries.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { MetricPopover } from '../../ui/metric-popover.tsx';
import { Panel } from '../../ui/panel.tsx';

type Delay = Arrival['delays'][number];

const interval = (lower: string, upper: string) => ` (${lower} to ${upper})`;

function delayText({ seconds, lower, upper, status }: Delay): string {
  if (seconds === null) return status === 'insufficient_data' ? 'too few labels' : '–';
  if (lower === null || upper === null) return formatDuration(seconds);
  return `${formatDuration(seconds)}${interval(formatDuration(lower), formatDuration(upper))}`;
}

function Labels({ arrival }: { arrival: Arrival }) {
  const { n_events, n_labelled, n_timed, delays, delay_error, coverage_by_age: byAge } = arrival;
  const { data: catalogue } = useQuery(metricsQuery());
  const info = catalogue?.data.find(({ metric }) => metric === 'label_delay_p95');
  if (n_labelled === 0) {
    return (
      <Text size="sm" c="dimmed">
        None of the {formatCount(n_events)} events has an actual yet.
      </Text>
    );
  }
  if (n_timed === null) {
    return (
      <Text size="sm" c="dimmed">
        Delays of labels are being computed for these hours.
      </Text>
    );
  }
  if (n_timed === 0) {
    return (
      <Text size="sm" c="dimmed">
        {formatCount(n_labelled)} of {formatCount(n_events)} events have an actual, but none came with an
        actual_timestamp: how long labels take is not known.
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      <Text size="sm" component="div">
        {formatCount(n_labelled)} of {formatCount(n_events)} events have an actual, {formatCount(n_timed)} of
        these with a time. Delays are those of labels that have arrived, to {formatShare(delay_error)}.{' '}
        <MetricPopover info={info} />
      </Text>
      <DataTable
        label="Delay of labels"
        rows={delays}
        keyOf={({ quantile }) => String(quantile)}
        columns={[
          { header: 'Share of labels', cell: ({ quantile }) => formatShare(quantile) },
          { header: 'Came within (95 % interval)', isNumber: true, cell: delayText },
          { header: 'n', isNumber: true, cell: () => formatCount(n_timed) },
        ]}
      />
      {byAge.length > 0 && (
        <DataTable
          label="Labels by age of the prediction"
          rows={byAge}
          keyOf={({ age_seconds }) => String(age_seconds)}
          columns={[
            { header: 'Age of the prediction', cell: ({ age_seconds }) => formatDuration(age_seconds) },
            {
              header: 'Labelled by then (95 % interval)',
              isNumber: true,
              cell: ({ coverage, lower, upper }) =>
                `${formatShare(coverage)}${interval(formatShare(lower), formatShare(upper))}`,
            },
            { header: 'Labels', isNumber: true, cell: ({ n_labelled: labels }) => formatCount(labels) },
            { header: 'Events so old', isNumber: true, cell: ({ n_events: events }) => formatCount(events) },
          ]}
        />
      )}
    </Stack>
  );
}

/** How old the newest event is, and how long labels take. */
export function ArrivalPanel({ arrival }: { arrival: Arrival }) {
  const { freshness } = arrival;
  return (
    <Panel
      title="Freshness and labels"
      note={
        freshness
          ? `The newest event is of ${formatTime(freshness.newest)} (UTC): ${formatDuration(freshness.age_seconds)} old at ${formatTime(freshness.at)}.`
          : 'How old the newest event is, is not known of these hours yet.'
      }
    >
      <Labels arrival={arrival} />
    </Panel>
  );
}
