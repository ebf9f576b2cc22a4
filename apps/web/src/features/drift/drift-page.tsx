import { Group, NativeSelect, Stack } from '@mantine/core';
import { type DriftAnswer, type DriftProfile, driftProfiles } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { formatCount } from '../../format-number.ts';
import { formatRange } from '../../format-time.ts';
import { metricsQuery } from '../../model-queries.ts';
import type { DriftSearch } from '../../page-search.ts';
import { EmptyBecause } from '../../ui/empty-message.tsx';
import { LiveMessage } from '../../ui/live-message.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { AttributionPanel } from './attribution-panel.tsx';
import { ColumnPanel } from './column-panel.tsx';
import { DriftHeatmap } from './drift-heatmap.tsx';
import { DriftTable } from './drift-table.tsx';
import { datasetText, rulesTitle } from './method-text.ts';
import { MultivariatePanel } from './multivariate-panel.tsx';
import { orderByDrift, orderByImportance } from './order-by-drift.ts';
import { driftQuery, driftTimelineQuery } from './queries.ts';

const route = getRouteApi('/shell/models/$model/drift');

const summary = ({ dataset }: DriftAnswer) =>
  `${dataset.drifted_columns} of ${dataset.columns} features drift`;

function comparison({ window, reference }: DriftAnswer): string {
  const current = `${formatRange(window.from, window.to)} (UTC)`;
  if (reference === null) return current;
  const range =
    reference.from !== null && reference.to !== null ? `, ${formatRange(reference.from, reference.to)}` : '';
  return `${current} compared with the reference (${formatCount(reference.n)} events${range})`;
}

/** The value of the URL: nothing stands for the platform's own rules. */
const profileOf = (value: string): DriftProfile | undefined =>
  driftProfiles.find((profile) => profile === value && profile !== 'plumbline');

const rules = driftProfiles.map((value) => ({ value, label: rulesTitle[value] }));

export function DriftPage() {
  const { slug, model, query, reasonForEmpty } = useModelView();
  const { column, profile, order } = route.useSearch();
  const navigate = useNavigate();
  const drift = useQuery(driftQuery(slug, query, profile));
  const timeline = useQuery(driftTimelineQuery(slug, query));
  const { data: metrics } = useQuery(metricsQuery());
  const change = (part: Partial<DriftSearch>) =>
    void navigate({ to: '.', search: (previous) => ({ ...previous, ...part }), resetScroll: false });
  const open = (name: string | undefined) => change({ column: name, metric: undefined });
  return (
    <>
      <DocumentTitle>{`Drift of ${model.display_name}`}</DocumentTitle>
      <QueryView query={drift} height={420}>
        {(answer) => {
          const selected = answer.columns.find((c) => c.column === column);
          if (answer.reference === null || answer.columns.every((c) => c.n_current === 0))
            return <EmptyBecause reason={reasonForEmpty(true)} />;
          const hasImportance = answer.dataset.importance_of !== null;
          const rows =
            order === 'importance' && hasImportance
              ? orderByImportance(answer.columns)
              : orderByDrift(answer.columns);
          return (
            <Stack>
              <LiveMessage>{summary(answer)}</LiveMessage>
              {selected && (
                <ColumnPanel
                  key={selected.column}
                  column={selected}
                  profile={answer.profile}
                  catalogue={metrics?.data}
                  onClose={() => open(undefined)}
                />
              )}
              <Panel
                title={summary(answer)}
                note={
                  <>
                    {comparison(answer)}
                    {datasetText(answer).map((line) => (
                      <span key={line} style={{ display: 'block' }}>
                        {line}
                      </span>
                    ))}
                  </>
                }
                actions={
                  <Group gap="xs" justify="flex-end">
                    <NativeSelect
                      size="xs"
                      label="Rules"
                      value={answer.profile}
                      data={rules}
                      onChange={(event) => change({ profile: profileOf(event.currentTarget.value) })}
                    />
                    {hasImportance && (
                      <NativeSelect
                        size="xs"
                        label="Order"
                        value={order ?? 'drift'}
                        data={[
                          { value: 'drift', label: 'by drift' },
                          { value: 'importance', label: 'by drift × importance' },
                        ]}
                        onChange={(event) =>
                          change({
                            order: event.currentTarget.value === 'importance' ? 'importance' : undefined,
                          })
                        }
                      />
                    )}
                  </Group>
                }
              >
                <DriftTable
                  answer={answer}
                  columns={rows}
                  timeline={timeline.data}
                  selected={column}
                  catalogue={metrics?.data}
                  onOpen={open}
                />
              </Panel>
              <QueryView query={timeline} height={300}>
                {(history) => (
                  <DriftHeatmap
                    timeline={history}
                    order={rows.map((row) => row.column)}
                    isBesideOtherRules={answer.profile !== 'plumbline'}
                    onOpen={open}
                  />
                )}
              </QueryView>
              <MultivariatePanel />
              {answer.attribution && <AttributionPanel attribution={answer.attribution} />}
            </Stack>
          );
        }}
      </QueryView>
    </>
  );
}
