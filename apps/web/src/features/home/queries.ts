import { driftAnswer, type Model } from '@plumbline/contracts';
import { apiQuery } from '../../api-query.ts';
import { modelPath, timeseriesQuery } from '../../model-queries.ts';
import { viewQuery, viewSearch } from '../../view-search.ts';

const lastWeek = viewSearch.parse({ range: '7d' });
const lastMonth = viewSearch.parse({ range: '28d' });

/** Drift of a model's last seven days of data. */
export const recentDriftQuery = (model: Model, newestEventAt: string | null) => ({
  ...apiQuery(driftAnswer, `${modelPath(model.model)}/drift`, viewQuery(lastWeek, newestEventAt)),
  enabled: newestEventAt !== null && model.has_reference,
  staleTime: 60_000,
});

/** Events per day over a model's last 28 days of data. */
export const recentVolumeQuery = (model: Model, newestEventAt: string | null) => ({
  ...timeseriesQuery(model.model, viewQuery(lastMonth, newestEventAt), 'volume'),
  enabled: newestEventAt !== null,
  staleTime: 60_000,
});
