import { driftAnswer, type Model } from '@plumbline/contracts';
import { apiQuery } from '../../api-query.ts';
import { modelPath, timeseriesQuery } from '../../model-queries.ts';
import { viewQuery, viewSearch } from '../../view-search.ts';

const lastWeek = viewSearch.parse({ range: '7d' });
const lastMonth = viewSearch.parse({ range: '28d' });

/** Drift of a model's last seven days of data. */
export const recentDriftQuery = (model: Model, lastEventAt: string | null) => ({
  ...apiQuery(driftAnswer, `${modelPath(model.model)}/drift`, viewQuery(lastWeek, lastEventAt)),
  enabled: lastEventAt !== null && model.has_reference,
  staleTime: 60_000,
});

/** Events per day over a model's last 28 days of data. */
export const recentVolumeQuery = (model: Model, lastEventAt: string | null) => ({
  ...timeseriesQuery(model.model, viewQuery(lastMonth, lastEventAt), 'volume'),
  enabled: lastEventAt !== null,
  staleTime: 60_000,
});
