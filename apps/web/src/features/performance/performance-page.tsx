import { Group, Stack, Text } from '@mantine/core';
import type { PerformanceAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ConfusionTable } from '../../charts/confusion-table.tsx';
import { MetricOverVolume } from '../../charts/metric-over-volume.tsx';
import { formatCount, formatCounted, formatShare } from '../../format-number.ts';
import { mainMetric } from '../../main-metric.ts';
import { metricTitle } from '../../metric-title.ts';
import { metricsQuery, timeseriesQuery } from '../../model-queries.ts';
import { EmptyBecause, EmptyMessage } from '../../ui/empty-message.tsx';
import { LiveMessage } from '../../ui/live-message.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { CompareWith, useCompareTo } from './compare-with.tsx';
import { comparisonText } from './comparison-text.ts';
import { Curves } from './curves.tsx';
import { EstimationPanel } from './estimation-panel.tsx';
import { KnownOn, useKnownOn } from './known-on.tsx';
import { MetricTable } from './metric-table.tsx';
import { performanceQuery } from './queries.ts';
import { ThresholdPanel } from './threshold-panel.tsx';

const route = getRouteApi('/shell/models/$model/performance');

function OverTime({ metric, title }: { metric: string; title: string }) {
  const { slug, query: view, reasonForEmpty } = useModelView();
  const query = { ...view, ...useKnownOn() };
  const series = useQuery(timeseriesQuery(slug, query, metric));
  const volume = useQuery(timeseriesQuery(slug, query, 'volume'));
  return (
    <MetricOverVolume
      title={`${title} over time`}
      name={title}
      metric={series}
      volume={volume}
      empty={<EmptyBecause reason={reasonForEmpty()} />}
    />
  );
}

function Result({ answer }: { answer: PerformanceAnswer }) {
  const { model, reasonForEmpty } = useModelView();
  const { metric: asked } = route.useSearch();
  const { data: catalogue } = useQuery(metricsQuery());
  if (answer.n_events === 0 && answer.as_of !== undefined) {
    return (
      <EmptyMessage
        title="Nothing was known yet"
        text="None of the events of this view had been received by then. What counts is when an event was posted, not its own time."
      />
    );
  }
  if (answer.n_events === 0) return <EmptyBecause reason={reasonForEmpty()} />;
  const isEstimated = answer.metrics.some(({ estimated }) => estimated !== null);
  if (answer.n_labelled === 0 && !isEstimated) {
    return (
      <EmptyMessage
        title="No actuals yet"
        text={`None of ${formatCounted(answer.n_events, 'event')} has an actual. Performance needs ground truth: post it to /v1/models/${model.model}/actuals.`}
      />
    );
  }
  const chosen = asked ?? mainMetric(model.task, answer.metrics)?.metric;
  const matrix = answer.confusion_matrix;
  return (
    <Stack>
      <LiveMessage>{`${formatCount(answer.n_labelled)} labelled events`}</LiveMessage>
      <Text>
        {formatShare(answer.label_coverage)} of events have an actual: {formatCount(answer.n_labelled)} of{' '}
        {formatCount(answer.n_events)}.
      </Text>
      {model.task === 'ranking' && (
        <Text>
          n counts lists: the events of one group_id in one UTC hour, by rank or score, with something
          relevant among them. An event without a group_id is in no list.
        </Text>
      )}
      {chosen && <OverTime metric={chosen} title={metricTitle(chosen, catalogue?.data)} />}
      {chosen && model.task !== 'ranking' && (
        <EstimationPanel answer={answer} metric={chosen} title={metricTitle(chosen, catalogue?.data)} />
      )}
      <Panel title="Metrics" note={`Choose one to draw it over time. ${comparisonText(answer.compared_to)}`}>
        <MetricTable metrics={answer.metrics} chosen={chosen} catalogue={catalogue?.data} />
      </Panel>
      {matrix && (
        <Panel title="Confusion matrix" note={`n = ${formatCount(answer.n_labelled)}; shares are of the row`}>
          <ConfusionTable labels={matrix.labels} counts={matrix.counts} />
        </Panel>
      )}
      {answer.threshold_sweep && matrix && model.positive_label !== null && (
        <ThresholdPanel
          sweep={answer.threshold_sweep}
          decisionThreshold={model.decision_threshold ?? 0.5}
          labels={{
            positive: model.positive_label,
            negative: matrix.labels.find((label) => label !== model.positive_label) ?? 'other',
          }}
        />
      )}
      <Curves answer={answer} />
    </Stack>
  );
}

export function PerformancePage() {
  const { slug, model, query } = useModelView();
  const performance = useQuery(performanceQuery(slug, { ...query, ...useKnownOn(), ...useCompareTo() }));
  return (
    <>
      <DocumentTitle>{`Performance of ${model.display_name}`}</DocumentTitle>
      <Stack>
        <Group align="end" gap="lg">
          <KnownOn />
          <CompareWith />
        </Group>
        <QueryView query={performance} height={600}>
          {(answer) => <Result answer={answer} />}
        </QueryView>
      </Stack>
    </>
  );
}
