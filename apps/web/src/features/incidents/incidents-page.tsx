import { type IncidentStatus, incidentStatuses } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { incidentStatusLooks } from '../../incident-text.ts';
import { incidentsQuery } from '../../model-queries.ts';
import { IncidentTable } from '../../ui/incident-table.tsx';
import { LiveMessage } from '../../ui/live-message.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryView } from '../../ui/query-view.tsx';

const route = getRouteApi('/shell/incidents');

const emptyTexts: Record<IncidentStatus, string> = {
  open: 'No incident is open.',
  acknowledged: 'No incident is acknowledged and unresolved.',
  snoozed: 'No incident is snoozed.',
  resolved: 'No incident has been resolved yet.',
};

export function IncidentsPage() {
  const { status } = route.useSearch();
  const incidents = useQuery({ ...incidentsQuery(status), refetchInterval: 15_000 });
  return (
    <Page title="Incidents">
      <nav className="page-links" aria-label="Incidents by status">
        {incidentStatuses.map((value) => (
          <Link
            key={value}
            to="/incidents"
            search={{ status: value }}
            activeOptions={{ explicitUndefined: true }}
          >
            {incidentStatusLooks[value].word}
          </Link>
        ))}
      </nav>
      <section className="panel">
        <QueryView query={incidents} height={240}>
          {(list) => (
            <>
              <LiveMessage>{`${list.data.length} incidents`}</LiveMessage>
              <IncidentTable incidents={list.data} emptyText={emptyTexts[status]} />
            </>
          )}
        </QueryView>
      </section>
    </Page>
  );
}
