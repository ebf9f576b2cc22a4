import type { TimeseriesAnswer } from '@plumbline/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatCount, formatNumber, formatShare, formatWithInterval } from '../format-number.ts';
import { ChartPanel } from '../ui/chart-panel.tsx';
import { EmptyMessage } from '../ui/empty-message.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { estimateText } from './estimate-text.ts';
import { limitText } from './limit-text.ts';
import { prepareTimeSeries, type TimeSeriesRow } from './prepare-time-series.ts';
import { TimeSeriesChart } from './time-series-chart.tsx';
import { VolumeChart } from './volume-chart.tsx';

interface MetricOverVolumeProps {
  title: string;
  name: string;
  metric: UseQueryResult<TimeseriesAnswer>;
  volume: UseQueryResult<TimeseriesAnswer> | undefined;
  empty: ReactNode;
  /** Drawn instead of the answer's threshold, unless each window has its own. */
  threshold?: number | null;
  actions?: ReactNode;
}

const tooSparse = (
  <EmptyMessage
    title="Too few events per window"
    text="Each window alone holds too few events for this metric. Choose a coarser granularity or a wider cohort above."
  />
);

/** A metric's line above the number of events, window by window. */
export function MetricOverVolume({
  title,
  name,
  metric,
  volume,
  empty,
  threshold,
  actions,
}: MetricOverVolumeProps) {
  return (
    <QueryView query={metric} height={volume ? 430 : 320}>
      {(answer) => {
        const series = prepareTimeSeries(answer);
        const prepared = threshold === undefined || series.hasLimits ? series : { ...series, threshold };
        const events = volume?.data ? prepareTimeSeries(volume.data) : undefined;
        const whyEmpty = prepared.isTooSparse ? tooSparse : empty;
        const shown = prepared.rows.length;
        const thinned = prepared.windows > shown ? ` · ${shown} of ${prepared.windows} windows drawn` : '';
        const band = prepared.hasIntervals ? ' · band: 95% interval' : '';
        const estimates = prepared.hasEstimates ? ' · dashed, violet: estimated without labels, ±3 SE' : '';
        const provisional = prepared.hasProvisional ? ' · dotted: provisional, labels are still missing' : '';
        const limits = prepared.hasLimits ? ' · dashed: threshold of each window' : '';
        return (
          <ChartPanel
            title={title}
            note={`One point per ${answer.granularity}, UTC${band}${provisional}${estimates}${limits}${thinned}`}
            actions={actions}
            rows={prepared.rows}
            keyOf={(row) => String(row.start)}
            columns={[
              { header: 'Window (UTC)', cell: (row) => row.label },
              {
                header: name,
                isNumber: true,
                cell: (row) =>
                  row.interval ? formatWithInterval(row.value, ...row.interval) : formatNumber(row.value),
              },
              ...(prepared.hasEstimates ? [{ header: 'Estimated', isNumber: true, cell: estimateText }] : []),
              ...(prepared.hasLimits ? [{ header: 'Threshold', isNumber: true, cell: limitText }] : []),
              { header: 'n', isNumber: true, cell: (row) => formatCount(row.n) },
              ...(prepared.rows.some(({ labelled }) => labelled !== undefined)
                ? [
                    {
                      header: 'Labelled',
                      isNumber: true,
                      cell: (row: TimeSeriesRow) => formatShare(row.labelled),
                    },
                  ]
                : []),
              { header: 'Status', cell: (row) => row.status.replaceAll('_', ' ') },
            ]}
          >
            {prepared.hasValues || prepared.hasEstimates ? (
              <TimeSeriesChart prepared={prepared} name={name} />
            ) : (
              whyEmpty
            )}
            {events?.hasValues && (
              <>
                <p style={{ margin: '8px 0 0', fontSize: 13 }}>Events per window</p>
                <VolumeChart rows={events.rows} />
              </>
            )}
          </ChartPanel>
        );
      }}
    </QueryView>
  );
}
