import { Problem, parseFilter } from '@plumbline/contracts';
import { z } from 'zod';

/** A body with a filter, whose depth is checked before the schema walks into it. */
export const deepBody = <T extends z.ZodType>(schema: T) =>
  z.preprocess((body) => {
    const { filter } = (typeof body === 'object' && body !== null ? body : {}) as { filter?: unknown };
    if (filter === undefined || filter === null) return body;
    const parsed = parseFilter(filter);
    if ('error' in parsed) {
      const errors = [{ pointer: '/filter', code: 'bad_query', detail: parsed.error.slice(0, 500) }];
      throw new Problem('bad-query', { detail: `filter: ${parsed.error.slice(0, 500)}`, errors });
    }
    return body;
  }, schema);
