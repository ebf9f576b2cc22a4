import { Box, Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';

interface QueryViewProps<T> {
  query: UseQueryResult<T>;
  /** Height of the skeleton; near the final size, so that nothing jumps. */
  height: number;
  children: (data: T) => ReactNode;
}

/** A query's four faces: skeleton, error with retry, data, and old data dimmed while the next loads. */
export function QueryView<T>({ query, height, children }: QueryViewProps<T>) {
  if (query.data !== undefined && !(query.isError && query.isPlaceholderData)) {
    return (
      <Box className={query.isPlaceholderData ? 'stale' : ''} aria-busy={query.isPlaceholderData}>
        {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {children(query.data)}
      </Box>
    );
  }
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton height={height} aria-label="Loading" />;
}
