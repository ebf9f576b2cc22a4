import { Group, Loader, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { formatCount } from '../../format-number.ts';
import { EmptyBecause } from '../../ui/empty-message.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useModelView } from '../../use-model-view.ts';
import { EventTable } from './event-table.tsx';
import { eventsQuery } from './queries.ts';

export function PredictionsPage() {
  const { slug, model, query, reasonForEmpty } = useModelView();
  const events = useInfiniteQuery(eventsQuery(slug, query));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = events;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = events.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Stack>
      <DocumentTitle>{`Predictions of ${model.display_name}`}</DocumentTitle>
      {events.isError && <ProblemAlert error={events.error} onRetry={() => void events.refetch()} />}
      {events.isPending && <Skeleton height={620} aria-label="Loading" />}
      {events.data && rows.length === 0 && <EmptyBecause reason={reasonForEmpty()} />}
      {rows.length > 0 && (
        <>
          <Group role="status">
            <Text size="sm" c="dimmed">
              Newest first · {formatCount(rows.length)} loaded
              {hasNextPage ? ', more follow as you scroll' : ', that is all'}
            </Text>
            {isFetchingNextPage && <Loader size="xs" aria-label="Loading more" />}
          </Group>
          <EventTable model={model} events={rows} onEndReached={loadMore} />
        </>
      )}
    </Stack>
  );
}
