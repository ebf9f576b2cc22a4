import type { Filter } from '@plumbline/contracts';

export type Joiner = 'and' | 'or';

/** A filter as the builder shows it: clauses joined by one word. A nested group is one clause. */
export interface Clauses {
  joiner: Joiner;
  clauses: Filter[];
}

export function clausesOf(filter: Filter | undefined): Clauses {
  if (filter === undefined) return { joiner: 'and', clauses: [] };
  if ('and' in filter) return { joiner: 'and', clauses: filter.and };
  if ('or' in filter) return { joiner: 'or', clauses: filter.or };
  return { joiner: 'and', clauses: [filter] };
}

/** The inverse of {@link clausesOf}; no clause is no filter, one clause stands alone. */
export function filterOf({ joiner, clauses }: Clauses): Filter | undefined {
  const [first] = clauses;
  if (first === undefined) return undefined;
  if (clauses.length === 1) return first;
  return joiner === 'and' ? { and: clauses } : { or: clauses };
}

/** Narrows a filter by one more clause; an `or` filter becomes one clause of an `and`. */
export function narrowFilter(filter: Filter | undefined, clause: Filter): Filter {
  if (filter === undefined) return clause;
  const { joiner, clauses } = clausesOf(filter);
  const kept = joiner === 'and' ? clauses : [filter];
  if (kept.some((known) => JSON.stringify(known) === JSON.stringify(clause))) return filter;
  return { and: [...kept, clause] };
}
