import { z } from 'zod';
import { callApi, type QueryValue } from './api-client.ts';

/** A list answer: `{data, next_cursor}`. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), next_cursor: z.string().nullable().default(null) });

type Parameters = Record<string, QueryValue>;

/** What a chart shows, as opposed to the range it shows it for: previous data may stand in only when this is equal. */
const subject = (path: string, query: Parameters) => JSON.stringify([path, query.metric, query.column]);

export interface ApiQuery<T> {
  queryKey: readonly [path: string, query: Parameters];
  queryFn: (context: { signal: AbortSignal }) => Promise<T>;
  placeholderData: (
    previous: T | undefined,
    from: { queryKey: readonly unknown[] } | undefined,
  ) => T | undefined;
}

/** Query options of a GET: cancelled by signal, parsed by schema, the previous answer kept while the next loads. */
export function apiQuery<T extends z.ZodType>(
  schema: T,
  path: string,
  query: Parameters = {},
): ApiQuery<z.infer<T>> {
  return {
    queryKey: [path, query],
    queryFn: ({ signal }) => callApi(schema, path, { query, signal }),
    placeholderData: (previous, from) => {
      const key = from?.queryKey as ApiQuery<unknown>['queryKey'] | undefined;
      return key && subject(key[0], key[1]) === subject(path, query) ? previous : undefined;
    },
  };
}
