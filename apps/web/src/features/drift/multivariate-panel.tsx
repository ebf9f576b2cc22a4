import { Button, List, NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core';
import type { MultivariateAnswer } from '@plumbline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { MetricOverVolume } from '../../charts/metric-over-volume.tsx';
import { EmptyMessage } from '../../ui/empty-message.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { compareWindow, isUnfinished, multivariateKey, multivariateQuery } from './multivariate-queries.ts';
import { multivariateSeries } from './multivariate-series.ts';
import { MultivariateTable } from './multivariate-table.tsx';
import { isDrifted } from './multivariate-text.ts';

const refreshMs = 1000;

const route = getRouteApi('/shell/models/$model/drift');

const lengths = [
  { value: 'week', label: 'weeks and asked ranges' },
  { value: 'day', label: 'days' },
];

const emptyTexts = {
  week: 'Complete weeks are compared one after the other, the newest first.',
  day: 'Complete days with 100 rows are compared one after the other, the newest first, up to two weeks back.',
};

const methods = [
  { method: 'classifier', title: 'Classifier AUC', name: 'AUC' },
  { method: 'reconstruction', title: 'Reconstruction error', name: 'Error' },
] as const;

function HowItIsComputed() {
  return (
    <List size="sm" c="dimmed">
      <List.Item>
        Classifier AUC: how well gradient boosting tells rows of the window from rows of the reference, on
        rows it was not trained on. 0.5: not at all; 1: every row.
      </List.Item>
      <List.Item>
        Reconstruction error: distance of a row from what the reference's principal components make of it. It
        changes when columns no longer go together as they did.
      </List.Item>
      <List.Item>
        Embeddings: how well logistic regression on the dimensions tells vectors apart, and 1 − cosine between
        the mean vectors, of up to 1,000 vectors of each side.
      </List.Item>
      <List.Item>
        Texts: characters, words, sentences, non-letters, length of words and unseen words, as columns, of up
        to 1,000 texts of each side; those that changed are named with their means.
      </List.Item>
      <List.Item>
        Thresholds: windows of the same length within the reference, plus three deviations; with fewer than
        three such windows 0.65 for the AUC and chance alone for the error. Up to 10,000 rows of each side are
        drawn. All versions; the cohort filter does not apply.
      </List.Item>
    </List>
  );
}

function CompareButton() {
  const { slug, query } = useModelView();
  const queryClient = useQueryClient();
  const { from, to, environment } = query;
  const compare = useMutation({
    mutationFn: (asked: { from: string; to: string; environment: string }) => compareWindow(slug, asked),
    onSettled: () => queryClient.invalidateQueries({ queryKey: multivariateKey(slug) }),
  });
  if (from === undefined || to === undefined || environment === undefined)
    return (
      <Text size="sm" c="dimmed">
        Choose dates above to compare another window.
      </Text>
    );
  return (
    <>
      {compare.error && <ProblemAlert error={compare.error} />}
      <Button
        size="compact-sm"
        variant="default"
        loading={compare.isPending}
        onClick={() => compare.mutate({ from, to, environment })}
      >
        Compare the chosen range
      </Button>
    </>
  );
}

const summary = ({ windows }: MultivariateAnswer, granularity: 'day' | 'week'): string => {
  const done = windows.filter(({ state }) => state === 'done');
  const drifted = done.filter(({ result }) => result && isDrifted(result));
  return `All columns together: ${drifted.length} of ${done.length} ${granularity === 'day' ? 'days' : 'windows'} drift`;
};

/** Drift that no column shows alone: two methods over the weeks, and any window that is asked for. */
export function MultivariatePanel() {
  const { slug, query } = useModelView();
  const { together: granularity = 'week' } = route.useSearch();
  const navigate = useNavigate();
  const options = multivariateQuery(slug, query, granularity);
  const answer = useQuery({
    ...options,
    refetchInterval: ({ state }) => (state.data?.windows.some(isUnfinished) ? refreshMs : false),
  });
  const classifier = useQuery({
    ...options,
    select: (found) => multivariateSeries(found, 'classifier', granularity),
  });
  const reconstruction = useQuery({
    ...options,
    select: (found) => multivariateSeries(found, 'reconstruction', granularity),
  });
  const series = { classifier, reconstruction };
  const choose = (together: 'day' | undefined) =>
    void navigate({ to: '.', search: (previous) => ({ ...previous, together }), resetScroll: false });
  return (
    <QueryView query={answer} height={320}>
      {(found) =>
        found.reference && (
          <Stack mt="md">
            <Panel
              title={summary(found, granularity)}
              actions={
                <NativeSelect
                  size="xs"
                  label="Windows"
                  value={granularity}
                  data={lengths}
                  onChange={(event) => choose(event.currentTarget.value === 'day' ? 'day' : undefined)}
                />
              }
            >
              <HowItIsComputed />
              {found.windows.length > 0 ? (
                <MultivariateTable slug={slug} windows={found.windows} />
              ) : (
                <EmptyMessage title="No window was compared yet" text={emptyTexts[granularity]} />
              )}
              <CompareButton />
            </Panel>
            {series.classifier.data?.points.length ? (
              <SimpleGrid cols={{ base: 1, lg: 2 }}>
                {methods.map(({ method, title, name }) => (
                  <MetricOverVolume
                    key={method}
                    title={`${title} by ${granularity}`}
                    name={name}
                    metric={series[method]}
                    volume={undefined}
                    empty={
                      <EmptyMessage title={`No ${granularity} has a value`} text="The table says why." />
                    }
                  />
                ))}
              </SimpleGrid>
            ) : null}
          </Stack>
        )
      }
    </QueryView>
  );
}
