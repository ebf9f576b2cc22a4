import { NativeSelect, Stack } from '@mantine/core';
import { quarantineStatuses } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { formatCounted } from '../../format-number.ts';
import type { QuarantineSearch } from '../../page-search.ts';
import { EmptyMessage } from '../../ui/empty-message.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { GroupTable } from './group-table.tsx';
import { MappingRules } from './mapping-rules.tsx';
import { groupsQuery } from './queries.ts';
import { RowList } from './row-list.tsx';
import { ruleField } from './rule-text.ts';
import { SettleRows } from './settle-rows.tsx';

const route = getRouteApi('/shell/models/$model/quarantine');

const emptyTexts: Record<QuarantineSearch['status'], { title: string; text: string }> = {
  waiting: {
    title: 'No rejected rows',
    text: 'Rows that are refused when they are posted wait here, with what is wrong with them.',
  },
  replayed: { title: 'Nothing replayed', text: 'Rows that were stored from here are listed for a while.' },
  discarded: { title: 'Nothing discarded', text: 'Rows that were discarded are listed for a while.' },
};

export function QuarantinePage() {
  const { slug, model } = useModelView();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { status, code, field = '', kind } = search;
  const groups = useQuery({ ...groupsQuery(slug, status), refetchInterval: 10_000 });
  const summary = groups.data?.summary ?? [];
  const chosen = summary.filter(
    (group) => code !== undefined && group.code === code && group.field === field && group.kind === kind,
  );
  const rows = (code === undefined ? summary : chosen).reduce((sum, group) => sum + group.n, 0);
  const selection = code === undefined ? { all: true as const } : { code, field, ...(kind ? { kind } : {}) };
  const shownField = ruleField(field);
  return (
    <Stack>
      <DocumentTitle>{`Quarantine of ${model.display_name}`}</DocumentTitle>
      <Panel
        title="Rejected rows"
        note="By what is wrong with them, of all versions and times."
        actions={
          <NativeSelect
            size="xs"
            aria-label="Status"
            data={[...quarantineStatuses]}
            value={status}
            onChange={(event) =>
              void navigate({
                search: (before) => ({
                  ...before,
                  status: event.currentTarget.value as QuarantineSearch['status'],
                  code: undefined,
                  field: undefined,
                  kind: undefined,
                }),
              })
            }
          />
        }
      >
        <QueryView query={groups} height={160}>
          {({ summary: list }) =>
            list.length === 0 ? (
              <EmptyMessage {...emptyTexts[status]} />
            ) : (
              <GroupTable model={slug} groups={list} status={status} />
            )
          }
        </QueryView>
      </Panel>
      <Panel
        title={
          code === undefined ? 'All rows' : `${code.replaceAll('_', ' ')}: ${shownField || 'the whole row'}`
        }
        note={groups.data && formatCounted(rows, `${status} row`)}
        actions={
          code !== undefined && (
            <AnchorLink
              to="/models/$model/quarantine"
              params={{ model: slug }}
              search={(before) => ({ ...before, status, code: undefined, field: undefined, kind: undefined })}
              resetScroll={false}
            >
              All rows
            </AnchorLink>
          )
        }
      >
        <Stack>
          {status === 'waiting' && (
            <SettleRows key={JSON.stringify(selection)} model={slug} selection={selection} rows={rows} />
          )}
          <RowList model={slug} search={search} />
        </Stack>
      </Panel>
      <MappingRules model={slug} field={shownField} />
    </Stack>
  );
}
