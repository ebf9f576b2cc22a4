import { Text } from '@mantine/core';
import type { TimeseriesAnswer } from '@plumbline/contracts';
import { formatCount, formatNumber } from '../../format-number.ts';
import { formatWindow } from '../../format-time.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { missText } from './miss-text.ts';

interface BackTestProps {
  points: TimeseriesAnswer['points'];
  granularity: TimeseriesAnswer['granularity'];
  /** Share of labels from which a window is tested. */
  least: string;
}

/** Estimates beside what came true, newest window first. */
export function BackTest({ points, granularity, least }: BackTestProps) {
  const tested = points.flatMap((point) =>
    point.estimated_bias === null || point.estimated_bias === undefined
      ? []
      : [{ ...point, bias: point.estimated_bias }],
  );
  const missed = tested.filter(({ bias }) => Math.abs(bias) > 3).length;
  if (tested.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Not tested yet: no window of this range has actuals for {least} of its events and enough of them.
      </Text>
    );
  }
  return (
    <div>
      <Text size="sm">
        Back-test: of {formatCount(tested.length)} windows with actuals for at least {least} of their events,{' '}
        {formatCount(missed)} missed by more than 3 standard errors.
      </Text>
      <DataTable
        label="Back-test of the estimates"
        maxHeight={260}
        rows={tested.toReversed()}
        keyOf={(row) => row.window_start}
        columns={[
          { header: 'Window (UTC)', cell: (row) => formatWindow(row.window_start, granularity) },
          { header: 'Estimated', isNumber: true, cell: (row) => formatNumber(row.estimated) },
          { header: 'Realised', isNumber: true, cell: (row) => formatNumber(row.value) },
          { header: 'Labelled n', isNumber: true, cell: (row) => formatCount(row.n) },
          { header: 'Miss, in SE', isNumber: true, cell: (row) => missText(row.bias) },
        ]}
      />
    </div>
  );
}
