import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { emptyReason } from './empty-reason.ts';
import { ingestStatusQuery, modelQuery, newestEventQuery } from './model-queries.ts';
import { viewQuery, viewWindow } from './view-search.ts';

const layout = getRouteApi('/shell/models/$model');

/** What every page of a model works with: the model, its ingestion state, the view from the URL and its query. */
export function useModelView() {
  const { model: slug } = layout.useParams();
  const search = layout.useSearch();
  const { data: model } = useSuspenseQuery(modelQuery(slug));
  const { data: status } = useSuspenseQuery(ingestStatusQuery(slug));
  const { data: newest } = useQuery(newestEventQuery(slug, search.environment));
  const newestEventAt = newest?.data[0]?.prediction_timestamp ?? null;
  const known = {
    events: status.events,
    mirroredEvents: status.mirrored_events,
    hasFilter: search.filter !== undefined || search.version !== undefined,
    hasRange: search.range !== 'all' || search.from !== undefined || search.to !== undefined,
    hasReference: model.has_reference,
  };
  return {
    slug,
    model,
    status,
    search,
    newestEventAt,
    query: viewQuery(search, newestEventAt),
    window: viewWindow(search, newestEventAt),
    reasonForEmpty: (needsReference = false) => emptyReason({ ...known, needsReference }),
  };
}
