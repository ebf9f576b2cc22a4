import type { Filter } from '@plumbline/contracts';
import { AnchorLink } from '../../ui/links.tsx';
import { useModelView } from '../../use-model-view.ts';
import { keepView } from '../../view-search.ts';
import { cohortFilter } from './root-cause-view.ts';

/** Opens the performance page on the events a filter selects. */
export function CohortLink({ filter, children }: { filter: Filter; children: string }) {
  const { slug, search } = useModelView();
  return (
    <AnchorLink
      to="/models/$model/performance"
      params={{ model: slug }}
      search={(previous) => ({ ...keepView(previous), filter: cohortFilter(search.filter, filter) })}
    >
      {children}
    </AnchorLink>
  );
}
