import type { CommonQuery, DiscoverSlicesBody } from '@plumbline/contracts';

type Asked = Pick<DiscoverSlicesBody, 'filter' | 'from' | 'to' | 'version' | 'environment'>;

/** The selection of a body as the query parameters every question takes. */
export function bodyQuery({ filter, from, to, version, environment }: Asked): CommonQuery {
  return {
    ...(from === undefined ? {} : { from: String(from) }),
    ...(to === undefined ? {} : { to: String(to) }),
    ...(version === undefined ? {} : { version }),
    ...(environment === undefined ? {} : { environment }),
    ...(filter ? { filter: JSON.stringify(filter) } : {}),
  };
}
