import type { Filter } from '@plumbline/contracts';

const number = (value: number | undefined) => String(Number((value ?? Number.NaN).toPrecision(6)));

/** The range at a position among those that ascending edges cut: `< 25`, `[25, 40)`, `≥ 60`. */
export function rangeText(edges: number[], position: number): string {
  if (position === 0) return `< ${number(edges[0])}`;
  if (position >= edges.length) return `≥ ${number(edges.at(-1))}`;
  return `[${number(edges[position - 1])}, ${number(edges[position])})`;
}

/** Selects the values of that range. */
export function rangeFilter(field: string, edges: number[], position: number): Filter {
  const from = edges[position - 1];
  const to = edges[position];
  const clauses: Filter[] = [
    ...(from === undefined ? [] : [{ field, op: 'gte' as const, value: from }]),
    ...(to === undefined ? [] : [{ field, op: 'lt' as const, value: to }]),
  ];
  const [only] = clauses;
  return only && clauses.length === 1 ? only : { and: clauses };
}
