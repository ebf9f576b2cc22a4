import { Group, NativeSelect, Stack } from '@mantine/core';
import type { Model } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { filterFields } from '../../filters/filter-fields.ts';
import { fieldText } from '../../filters/filter-text.ts';
import { metricTitle } from '../../metric-title.ts';
import { metricsQuery } from '../../model-queries.ts';
import { EmptyBecause, EmptyMessage } from '../../ui/empty-message.tsx';
import { LiveMessage } from '../../ui/live-message.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { slicesQuery } from './queries.ts';
import { sliceMetrics } from './slice-metrics.ts';
import { SliceTable } from './slice-table.tsx';

const route = getRouteApi('/shell/models/$model/slices');

const minN = 30;
const limit = 50;

/** Fields to group by: categories first, then numbers; the score itself is no cohort. */
function groupFields(model: Model) {
  const fields = filterFields(model).filter(
    (f) => f.field !== 'prediction_score' && f.field !== 'actual_score',
  );
  const rank = (kind: string) => (kind === 'number' ? 1 : 0);
  return [...fields, { field: 'model_version', label: 'model version', kind: 'text' as const }].sort(
    (a, b) => rank(a.kind) - rank(b.kind),
  );
}

export function SlicesPage() {
  const { slug, model, query, search, reasonForEmpty } = useModelView();
  const asked = route.useSearch();
  const navigate = useNavigate();
  const { data: catalogue } = useQuery(metricsQuery());
  const fields = groupFields(model);
  const groupBy = asked.group_by ?? fields[0]?.field ?? 'model_version';
  const choices = sliceMetrics[model.task];
  const order = choices.find((choice) => choice.metric === asked.order_metric) ?? choices[0];
  const metrics = choices.map((choice) => choice.metric);
  const slices = useQuery(
    slicesQuery(slug, {
      group_by: [groupBy],
      metrics: [...new Set([...metrics, 'volume'])],
      environment: search.environment,
      ...(search.filter ? { filter: search.filter } : {}),
      ...(query.from ? { from: query.from } : {}),
      ...(query.to ? { to: query.to } : {}),
      ...(search.version ? { version: search.version } : {}),
      ...(order ? { order_by: `${order.worse === 'higher' ? '-' : ''}${order.metric}` } : {}),
      min_n: minN,
      limit,
    }),
  );
  const titleOf = (metric: string) => metricTitle(metric, catalogue?.data);
  const choose = (part: { group_by?: string; order_metric?: string }) =>
    void navigate({ to: '.', search: (previous) => ({ ...previous, ...part }), resetScroll: false });
  return (
    <Stack>
      <DocumentTitle>{`Slices of ${model.display_name}`}</DocumentTitle>
      <Group align="flex-end">
        <NativeSelect
          label="Group by"
          value={groupBy}
          data={fields.map(({ field, label }) => ({ value: field, label }))}
          onChange={(event) => choose({ group_by: event.currentTarget.value })}
        />
        <NativeSelect
          label="Worst first by"
          value={order?.metric ?? ''}
          data={metrics.map((metric) => ({ value: metric, label: titleOf(metric) }))}
          onChange={(event) => choose({ order_metric: event.currentTarget.value })}
        />
      </Group>
      <QueryView query={slices} height={420}>
        {({ rows, truncated }) => (
          <Panel
            title={`Cohorts by ${fieldText(groupBy)}`}
            note={`Worst first${truncated ? `, the first ${rows.length}` : ''}; groups with fewer than ${minN} labelled events are left out. Choose one to make it the cohort.`}
          >
            <LiveMessage>{`${rows.length} cohorts`}</LiveMessage>
            {rows.length > 0 ? (
              <SliceTable rows={rows} groupBy={groupBy} metrics={metrics} titleOf={titleOf} />
            ) : reasonForEmpty() === 'no_data_ever' ? (
              <EmptyBecause reason="no_data_ever" />
            ) : (
              <EmptyMessage
                title="No cohort is large enough"
                text={`No value of ${fieldText(groupBy)} has ${minN} labelled events in this view.`}
              />
            )}
          </Panel>
        )}
      </QueryView>
    </Stack>
  );
}
