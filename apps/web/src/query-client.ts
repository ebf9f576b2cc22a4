import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-client.ts';

const isFinal = (error: Error) => error instanceof ApiError && error.status > 0 && error.status < 500;

/** `onSignedOut` runs when any query learns that the session is gone. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (error instanceof ApiError && error.status === 401 && query.queryKey[0] !== '/v1/me')
          onSignedOut();
      },
    }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (count, error) => count < 2 && !isFinal(error) },
      mutations: { retry: false },
    },
  });
}
