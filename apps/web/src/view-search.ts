import { environments, type Filter, granularities, parseFilter } from '@plumbline/contracts';
import { z } from 'zod';

export const rangePresets = ['all', '1d', '7d', '28d', '90d'] as const;
export type RangePreset = (typeof rangePresets)[number];

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const filter = z.unknown().transform((input, context): Filter | undefined => {
  if (input === undefined || input === '') return undefined;
  let value = input;
  if (typeof input === 'string') {
    try {
      value = JSON.parse(input);
    } catch {
      context.addIssue({ code: 'custom', message: 'The filter in this link is not JSON.' });
      return z.NEVER;
    }
  }
  const parsed = parseFilter(value);
  if ('filter' in parsed) return parsed.filter;
  context.addIssue({ code: 'custom', message: `The filter in this link cannot be used: ${parsed.error}` });
  return z.NEVER;
});

/** What every page of a model looks at; the whole of it lives in the URL. A filter that cannot be read is an error, never dropped. */
export const viewSearch = z.object({
  version: z.string().max(256).optional(),
  environment: z.enum(environments).catch('production').default('production'),
  range: z.enum(rangePresets).catch('all').default('all'),
  /** First day and last day, both included; they win over `range`. */
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  granularity: z.enum(granularities).catch('day').default('day'),
  filter: filter.optional(),
});
export type ViewSearch = z.infer<typeof viewSearch>;

export const viewDefaults = { environment: 'production', range: 'all', granularity: 'day' } as const;

type PartialView = { [K in keyof ViewSearch]?: ViewSearch[K] | undefined };

/** The part of a page's search that stays when another page of the model is opened. */
export const keepView = (search: PartialView): PartialView => ({
  version: search.version,
  environment: search.environment,
  range: search.range,
  from: search.from,
  to: search.to,
  granularity: search.granularity,
  filter: search.filter,
});

const dayMs = 86_400_000;
const presetDays: Record<Exclude<RangePreset, 'all'>, number> = { '1d': 1, '7d': 7, '28d': 28, '90d': 90 };

/**
 * The window [from, to) in UTC. Presets count back from the end of the day of the newest event, because data may be
 * old; an absent end is left to the server, which takes all there is.
 */
export function viewWindow(search: ViewSearch, newestEventAt: string | null): { from?: string; to?: string } {
  const iso = (ms: number) => new Date(ms).toISOString();
  if (search.from !== undefined || search.to !== undefined) {
    return {
      ...(search.from === undefined ? {} : { from: iso(Date.parse(search.from)) }),
      ...(search.to === undefined ? {} : { to: iso(Date.parse(search.to) + dayMs) }),
    };
  }
  if (search.range === 'all' || newestEventAt === null) return {};
  const end = (Math.floor(Date.parse(newestEventAt) / dayMs) + 1) * dayMs;
  return { from: iso(end - presetDays[search.range] * dayMs), to: iso(end) };
}

export type ViewQuery = Record<
  'from' | 'to' | 'granularity' | 'version' | 'environment' | 'filter',
  string | undefined
>;

/** The query parameters every question of a model takes. */
export function viewQuery(search: ViewSearch, newestEventAt: string | null): ViewQuery {
  const window = viewWindow(search, newestEventAt);
  return {
    from: window.from,
    to: window.to,
    granularity: search.granularity,
    version: search.version,
    environment: search.environment,
    filter: search.filter === undefined ? undefined : JSON.stringify(search.filter),
  };
}
