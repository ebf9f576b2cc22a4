import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { type QueryKey, type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { QueryView } from '../../ui/query-view.tsx';

interface SlowQueryProps<T> {
  query: UseQueryResult<T>;
  queryKey: QueryKey;
  /** What is being done, e.g. "Searching slices". */
  doing: string;
  children: (data: T) => ReactNode;
}

/** Whole seconds since it appeared. */
function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((known) => known + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}

function Working({ doing, onCancel }: { doing: string; onCancel: () => void }) {
  const seconds = useSeconds();
  return (
    <Group mih={120} role="status">
      <Loader size="sm" aria-hidden />
      <Text size="sm">
        {doing}
        {seconds > 0 ? `, ${seconds} s so far` : ''}
      </Text>
      {seconds > 0 && (
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </Group>
  );
}

/** A query that may take seconds: it says how long it has been at work and can be cancelled, on the server too. */
export function SlowQuery<T>({ query, queryKey, doing, children }: SlowQueryProps<T>) {
  const queryClient = useQueryClient();
  if (query.isPending && query.fetchStatus === 'idle') {
    return (
      <Stack align="flex-start" gap="xs" mih={120}>
        <Text size="sm">Cancelled.</Text>
        <Button size="compact-sm" variant="default" onClick={() => void query.refetch()}>
          Start again
        </Button>
      </Stack>
    );
  }
  if (query.isPending)
    return (
      <Working doing={doing} onCancel={() => void queryClient.cancelQueries({ queryKey, exact: true })} />
    );
  return (
    <QueryView query={query} height={120}>
      {children}
    </QueryView>
  );
}
