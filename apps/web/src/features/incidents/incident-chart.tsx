import type { Incident, MetricInfo } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { MetricOverVolume } from '../../charts/metric-over-volume.tsx';
import { fieldText } from '../../filters/filter-text.ts';
import { incidentSubject } from '../../incident-text.ts';
import { timeseriesQuery } from '../../model-queries.ts';
import { EmptyBecause } from '../../ui/empty-message.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { chartView, windowGranularity } from './chart-view.ts';

/** The judged metric over time, and the way to the view that shows exactly the incident's window. */
export function IncidentChart({ incident, info }: { incident: Incident; info: MetricInfo | undefined }) {
  const series = useQuery(
    timeseriesQuery(
      incident.model,
      { granularity: windowGranularity(incident), environment: 'production' },
      incident.metric,
      incident.column ?? undefined,
    ),
  );
  const view = chartView(incident, info);
  const params = { model: incident.model };
  return (
    <MetricOverVolume
      title={
        info
          ? `${info.title}${incident.column === null ? '' : ` of ${fieldText(incident.column)}`}`
          : incidentSubject(incident)
      }
      name={info?.title ?? incident.metric}
      metric={series}
      volume={undefined}
      threshold={incident.threshold}
      empty={<EmptyBecause reason="not_computed" />}
      actions={
        view.page === 'drift' ? (
          <ButtonLink size="compact-sm" to="/models/$model/drift" params={params} search={view.search}>
            Open this window
          </ButtonLink>
        ) : (
          <ButtonLink size="compact-sm" to="/models/$model/performance" params={params} search={view.search}>
            Open this window
          </ButtonLink>
        )
      }
    />
  );
}
