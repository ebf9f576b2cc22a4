import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { filterFields } from '../../filters/filter-fields.ts';
import { metricTitle } from '../../metric-title.ts';
import { metricsQuery } from '../../model-queries.ts';
import { EmptyBecause, EmptyMessage } from '../../ui/empty-message.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { useModelView } from '../../use-model-view.ts';
import { ChangeControls } from './change-controls.tsx';
import { ChangePanel } from './change-panel.tsx';
import { changeMetricsOf, comparedWith, selectionOf, sliceMetricsOf } from './root-cause-view.ts';
import { WorstSlicesPanel } from './worst-slices-panel.tsx';

const route = getRouteApi('/shell/models/$model/why');

const ownTitles = new Map([
  ['mean_score', 'Mean prediction score'],
  ['positive_rate', 'Share predicted positive'],
]);

/** Where a metric changed, and where predictions are worst. */
export function WhyPage() {
  const { model, search: view, window, status, reasonForEmpty } = useModelView();
  const search = route.useSearch();
  const { data: catalogue } = useQuery(metricsQuery());
  const titleOf = (metric: string) => ownTitles.get(metric) ?? metricTitle(metric, catalogue?.data);
  const offered = changeMetricsOf(model.task);
  const metric = offered.find((name) => name === search.metric) ?? offered[0] ?? 'volume';
  const losses = sliceMetricsOf(model.task);
  const sliceMetric = losses.find((name) => name === search.slices_by) ?? losses[0];
  const features = filterFields(model).filter(({ field }) => field.startsWith('features.'));
  const column = features.find(({ field }) => field === search.column)?.field ?? features[0]?.field;
  const compareTo = comparedWith(search, model.has_reference);
  const selection = selectionOf(view, window);
  return (
    <Stack>
      <DocumentTitle>{`Why ${model.display_name} changed`}</DocumentTitle>
      {status.events === 0 ? (
        <EmptyBecause reason={reasonForEmpty()} />
      ) : (
        <>
          <ChangeControls search={search} metric={metric} column={column} titleOf={titleOf} />
          {compareTo === undefined ? (
            <EmptyMessage title="Choose the days to compare with" text="Both days are included." />
          ) : (
            <ChangePanel
              body={{
                ...selection,
                metric,
                compare_to: compareTo,
                limit: 50,
                ...(metric === 'missing_rate' && column !== undefined ? { column } : {}),
              }}
              title={titleOf(metric)}
            />
          )}
          {sliceMetric && <WorstSlicesPanel metric={sliceMetric} body={selection} titleOf={titleOf} />}
        </>
      )}
    </Stack>
  );
}
