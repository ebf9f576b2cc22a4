import { Skeleton, Stack } from '@mantine/core';
import type { PerformanceAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { MetricOverVolume } from '../../charts/metric-over-volume.tsx';
import { formatCount, formatNumber, formatShare } from '../../format-number.ts';
import { mainMetric } from '../../main-metric.ts';
import { metricTitle } from '../../metric-title.ts';
import { incidentsQuery, metricsQuery, timeseriesQuery } from '../../model-queries.ts';
import { EmptyBecause } from '../../ui/empty-message.tsx';
import { IncidentTable } from '../../ui/incident-table.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { type Kpi, KpiRow } from './kpi-row.tsx';
import { driftSummaryQuery, performanceSummaryQuery } from './queries.ts';
import { Verdict } from './verdict.tsx';

function Timeline({ metric, title }: { metric: string; title: string }) {
  const { slug, query, reasonForEmpty } = useModelView();
  const series = useQuery(timeseriesQuery(slug, query, metric));
  const volume = useQuery(timeseriesQuery(slug, query, 'volume'));
  return (
    <MetricOverVolume
      title={metric === 'volume' ? title : `${title} and volume`}
      name={title}
      metric={series}
      volume={metric === 'volume' ? undefined : volume}
      empty={<EmptyBecause reason={reasonForEmpty()} />}
    />
  );
}

function RecentIncidents() {
  const { slug } = useModelView();
  const incidents = useQuery(incidentsQuery());
  return (
    <Panel title="Recent incidents">
      <QueryView query={incidents} height={120}>
        {(list) => (
          <IncidentTable
            incidents={list.data.filter((incident) => incident.model === slug).slice(0, 5)}
            emptyText="This model has had no incidents."
          />
        )}
      </QueryView>
    </Panel>
  );
}

function Summary({ performance }: { performance: PerformanceAnswer }) {
  const { slug, model, query, reasonForEmpty } = useModelView();
  const drift = useQuery(driftSummaryQuery(slug, query));
  const { data: catalogue } = useQuery(metricsQuery());
  const { data: open } = useQuery(incidentsQuery('open'));
  if (performance.n_events === 0) return <EmptyBecause reason={reasonForEmpty()} />;
  const metric = mainMetric(model.task, performance.metrics);
  const name = metric ? metricTitle(metric.metric, catalogue?.data) : 'Performance';
  const dataset = drift.data?.reference ? drift.data.dataset : undefined;
  const hasInterval = metric && metric.lower !== null && metric.upper !== null;
  const kpis: Kpi[] = [
    { name: 'Events', value: formatCount(performance.n_events), note: 'in this window' },
    {
      name: 'Drifted features',
      value: dataset ? `${dataset.drifted_columns} of ${dataset.columns}` : '–',
      note: dataset ? `${formatShare(dataset.drifted_share)} of features` : 'no reference',
    },
    {
      name,
      value: formatNumber(metric?.value),
      note: `${hasInterval ? `${formatNumber(metric.lower)} to ${formatNumber(metric.upper)}, ` : ''}n = ${formatCount(metric?.n ?? 0)}`,
    },
    {
      name: 'Label coverage',
      value: formatShare(performance.label_coverage),
      note: `${formatCount(performance.n_labelled)} events have an actual`,
    },
  ];
  return (
    <Stack>
      {drift.isPending ? (
        <Skeleton height={28} />
      ) : (
        <Verdict
          slug={slug}
          drift={drift.data}
          performance={performance}
          metric={metric}
          metricName={name}
          openIncidents={open?.data.filter((incident) => incident.model === slug).length ?? 0}
        />
      )}
      <KpiRow kpis={kpis} />
      <Timeline
        metric={performance.n_labelled > 0 && metric ? metric.metric : 'volume'}
        title={performance.n_labelled > 0 && metric ? name : 'Volume'}
      />
      <RecentIncidents />
    </Stack>
  );
}

export function OverviewPage() {
  const { slug, model, query } = useModelView();
  const performance = useQuery(performanceSummaryQuery(slug, query));
  return (
    <>
      <DocumentTitle>{model.display_name}</DocumentTitle>
      <QueryView query={performance} height={560}>
        {(answer) => <Summary performance={answer} />}
      </QueryView>
    </>
  );
}
