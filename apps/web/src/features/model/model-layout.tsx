import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { formatCounted } from '../../format-number.ts';
import { formatTime } from '../../format-time.ts';
import { ingestStatusQuery, modelPath, modelQuery, referenceQuery } from '../../model-queries.ts';
import { useModelView } from '../../use-model-view.ts';
import { keepView } from '../../view-search.ts';
import { HistoryProgress } from './history-progress.tsx';
import { ViewControls } from './view-controls.tsx';

const pages = [
  { to: '/models/$model', label: 'Overview' },
  { to: '/models/$model/drift', label: 'Drift' },
  { to: '/models/$model/performance', label: 'Performance' },
  { to: '/models/$model/quality', label: 'Data quality' },
  { to: '/models/$model/slices', label: 'Slices' },
  { to: '/models/$model/why', label: 'Why' },
  { to: '/models/$model/fairness', label: 'Fairness' },
  { to: '/models/$model/predictions', label: 'Predictions' },
  { to: '/models/$model/monitors', label: 'Monitors' },
  { to: '/models/$model/quarantine', label: 'Quarantine' },
  { to: '/models/$model/schema', label: 'Schema' },
  { to: '/models/$model/imports', label: 'Data' },
] as const;

/**
 * Refetches what is on screen whenever more of the model's data has become visible, or it is counted on other bins, so
 * that no two charts of a page are on different ones.
 */
function useFreshData(slug: string, binsId: string | undefined) {
  const queryClient = useQueryClient();
  const { data: status } = useQuery({ ...ingestStatusQuery(slug), refetchInterval: 5000 });
  const mark = status && binsId ? `${status.mirrored_events}/${status.actuals}/${binsId}` : undefined;
  const seen = useRef(mark);
  useEffect(() => {
    if (mark === undefined || seen.current === mark) return;
    seen.current = mark;
    const [statusPath] = ingestStatusQuery(slug).queryKey;
    void queryClient.invalidateQueries({
      predicate: ({ queryKey: [path] }) =>
        typeof path === 'string' && path.startsWith(`${modelPath(slug)}/`) && path !== statusPath,
    });
    void queryClient.invalidateQueries({ queryKey: modelQuery(slug).queryKey });
  }, [mark, slug, queryClient]);
}

/** The header all pages of a model share: name, pages, and the view. */
export function ModelLayout() {
  const { slug, model, status, newestEventAt } = useModelView();
  const { data: reference } = useQuery({
    ...referenceQuery(slug),
    refetchInterval: ({ state }) => (state.data?.history.status === 'recomputing' ? 2000 : 10_000),
  });
  useFreshData(slug, reference?.bins.id);
  const newest = newestEventAt === null ? 'no events yet' : `newest event ${formatTime(newestEventAt)} UTC`;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="baseline">
        <Title order={1} size="h2">
          {model.display_name}
        </Title>
        <Text size="sm" c="dimmed">
          {model.task.replaceAll('_', ' ')} · {formatCounted(status.events, 'event')} · {newest}
        </Text>
      </Group>
      <nav className="page-links" aria-label="Pages of this model">
        {pages.map((page) => (
          <Link
            key={page.to}
            to={page.to}
            params={{ model: slug }}
            search={keepView}
            activeOptions={{ exact: page.label === 'Overview', includeSearch: false }}
          >
            {page.label}
          </Link>
        ))}
      </nav>
      <ViewControls />
      {reference && <HistoryProgress history={reference.history} />}
      <Outlet />
    </Stack>
  );
}
