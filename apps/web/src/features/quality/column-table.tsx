import { Anchor, Select, Text } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import type { QualityAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { Sparkline } from '../../charts/sparkline.tsx';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount, formatShare } from '../../format-number.ts';
import { formatRange } from '../../format-time.ts';
import { metricTitle } from '../../metric-title.ts';
import { metricsQuery, timeseriesQuery } from '../../model-queries.ts';
import { type QualityMetric, qualityMetrics } from '../../page-search.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { MetricPopover } from '../../ui/metric-popover.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useModelView } from '../../use-model-view.ts';

type Column = QualityAnswer['columns'][number];

const route = getRouteApi('/shell/models/$model/quality');

/** Loads its line only when the row scrolls into view. */
function Line({ column, metric }: { column: string; metric: QualityMetric }) {
  const { slug, query } = useModelView();
  const { ref, entry } = useIntersection({ threshold: 0 });
  const wasSeen = useRef(false);
  if (entry?.isIntersecting) wasSeen.current = true;
  const series = useQuery({ ...timeseriesQuery(slug, query, metric, column), enabled: wasSeen.current });
  const values = series.data?.points.map(({ value }) => value) ?? [];
  const known = values.filter((value) => value !== null);
  const isFlat = known.every((value) => value === known[0]);
  const format = metric === 'distinct_values' ? formatCount : formatShare;
  return (
    <div ref={ref} style={{ width: 120, minHeight: 28 }}>
      {series.isError && <Text size="sm">could not be loaded</Text>}
      {series.data && known.length === 0 && (
        <Text size="sm" c="dimmed">
          {(series.data.points[0]?.status ?? 'empty').replaceAll('_', ' ')}
        </Text>
      )}
      {known.length > 0 && (
        <>
          <Sparkline values={values} label={`${metric.replaceAll('_', ' ')} of ${column} over time`} />
          <Text size="sm" c="dimmed" className="numbers">
            {isFlat ? format(known[0]) : `${format(Math.min(...known))} to ${format(Math.max(...known))}`}
          </Text>
        </>
      )}
    </div>
  );
}

const counted = (count: number | null, rate: number | null) =>
  count === null ? '–' : `${formatCount(count)} (${formatShare(rate)})`;

/** A number of which only the smallest and the largest it can be are known. */
function between(bounds: Column['distinct'], format: (value: number) => string): string {
  if (!bounds) return '–';
  const { at_least, at_most } = bounds;
  return at_least === at_most ? format(at_least) : `${format(at_least)} to ${format(at_most)}`;
}

function BesideReference({ now, before }: { now: string; before: string }) {
  return (
    <>
      {now}
      {before !== '–' && (
        <Text size="sm" c="dimmed">
          reference {before}
        </Text>
      )}
    </>
  );
}

/** The counts of every column, and one of the rates over time. */
export function ColumnTable({ answer }: { answer: QualityAnswer }) {
  const { metric } = route.useSearch();
  const navigate = useNavigate();
  const { data: catalogue } = useQuery(metricsQuery());
  const refused = new Map(
    answer.expectations?.results.flatMap(({ kind, column, unexpected_count }) =>
      kind === 'type' && column !== null ? [[column, unexpected_count] as const] : [],
    ) ?? [],
  );
  const title = metricTitle(metric, catalogue?.data);
  return (
    <Panel
      title="Columns"
      note={`${formatCount(answer.n_events)} rows, ${formatRange(answer.window.from, answer.window.to)} (UTC). Wrong type: rows received in this time that were refused for it.`}
      actions={
        <Select
          size="xs"
          w={190}
          aria-label="Rate to draw over time"
          allowDeselect={false}
          value={metric}
          data={qualityMetrics.map((value) => ({ value, label: metricTitle(value, catalogue?.data) }))}
          onChange={(value) =>
            void navigate({
              to: '.',
              search: (previous) => ({ ...previous, metric: value ?? undefined }),
              resetScroll: false,
            })
          }
        />
      }
    >
      <Text size="sm" component="div">
        Over time: {title} <MetricPopover info={catalogue?.data.find((info) => info.metric === metric)} />
      </Text>
      <DataTable
        label="Data quality of columns"
        rows={answer.columns}
        keyOf={({ column }) => column}
        columns={[
          {
            header: 'Column',
            cell: ({ column, role }) => (
              <div style={{ minWidth: 120, overflowWrap: 'anywhere' }}>
                <Anchor
                  fw={600}
                  inherit
                  renderRoot={(props) => (
                    <Link
                      {...props}
                      to="."
                      search={(previous) => ({ ...previous, column, result: 'all' as const })}
                    />
                  )}
                >
                  {fieldText(column)}
                </Anchor>
                {role !== 'feature' && (
                  <Text size="sm" c="dimmed">
                    {role}
                  </Text>
                )}
              </div>
            ),
          },
          { header: 'Kind', cell: ({ kind }) => kind },
          { header: 'n', isNumber: true, cell: ({ n }) => formatCount(n) },
          {
            header: 'Missing',
            isNumber: true,
            cell: ({ missing, missing_rate, missing_rate_reference }) => (
              <BesideReference
                now={counted(missing, missing_rate)}
                before={formatShare(missing_rate_reference)}
              />
            ),
          },
          {
            header: 'Unseen',
            isNumber: true,
            cell: ({ unseen, unseen_rate }) => counted(unseen, unseen_rate),
          },
          {
            header: 'Out of range',
            isNumber: true,
            cell: ({ out_of_range, out_of_range_rate }) => counted(out_of_range, out_of_range_rate),
          },
          {
            header: 'Wrong type',
            isNumber: true,
            cell: ({ column }) => formatCount(refused.get(column)),
          },
          {
            header: 'Distinct',
            isNumber: true,
            cell: ({ distinct, distinct_reference }) => (
              <BesideReference
                now={between(distinct, formatCount)}
                before={between(distinct_reference, formatCount)}
              />
            ),
          },
          {
            header: 'Most common',
            isNumber: true,
            cell: ({ most_common, most_common_reference, stands_still }) => (
              <>
                <BesideReference
                  now={between(most_common, formatShare)}
                  before={between(most_common_reference, formatShare)}
                />
                {stands_still && <Text size="sm">● stands still</Text>}
              </>
            ),
          },
          { header: 'Over time', cell: ({ column }) => <Line column={column} metric={metric} /> },
        ]}
      />
    </Panel>
  );
}
