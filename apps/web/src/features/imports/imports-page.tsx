import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { formatCounted, formatNumber } from '../../format-number.ts';
import { formatTime } from '../../format-time.ts';
import { referenceQuery } from '../../model-queries.ts';
import { EmptyMessage } from '../../ui/empty-message.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { ImportTable } from './import-table.tsx';
import { NewImport } from './new-import.tsx';
import { importsQuery, isUnfinished } from './queries.ts';
import { ReferenceText } from './reference-text.tsx';
import { RejectedRows } from './rejected-rows.tsx';

const route = getRouteApi('/shell/models/$model/imports');
const refreshMs = 1000;

function Received() {
  const { status } = useModelView();
  const waiting = status.events - status.mirrored_events;
  const last = status.last_event_at === null ? '' : ` The last came ${formatTime(status.last_event_at)} UTC.`;
  const behind =
    waiting > 0 ? ` ${formatCounted(waiting, 'event')} on the way into charts` : ' All of them are in charts';
  const lag = waiting > 0 && status.lag_seconds ? `, ${formatNumber(status.lag_seconds)} s behind.` : '.';
  return (
    <Text>
      {formatCounted(status.events, 'event')} and {formatCounted(status.actuals, 'actual')} stored.{last}
      {status.events > 0 && behind + lag}
    </Text>
  );
}

/** What came in, and the way in for files: upload, progress, outcome. */
export function ImportsPage() {
  const { slug, model } = useModelView();
  const { import: opened } = route.useSearch();
  const navigate = useNavigate();
  const open = (id: string | undefined) =>
    void navigate({
      to: '.',
      search: (previous) => ({ ...previous, import: id }),
      resetScroll: false,
    });
  const imports = useQuery({
    ...importsQuery(slug),
    refetchInterval: ({ state }) => (state.data?.data.some(isUnfinished) ? refreshMs : false),
  });
  const reference = useQuery(referenceQuery(slug));
  const shown = imports.data?.data.find((row) => row.id === opened);
  return (
    <Stack>
      <DocumentTitle>{`Data of ${model.display_name}`}</DocumentTitle>
      <Panel title="Received">
        <Received />
      </Panel>
      <Panel title="Reference">
        <QueryView query={reference} height={24}>
          {(answer) => <ReferenceText answer={answer} />}
        </QueryView>
      </Panel>
      <Panel
        title="Import a file"
        note="Its rows are taken in in the background, as if they had been posted. Sending a file again repeats nothing."
      >
        <NewImport slug={slug} />
      </Panel>
      <Panel title="Imports" note="Newest first">
        <QueryView query={imports} height={160}>
          {({ data }) =>
            data.length === 0 ? (
              <EmptyMessage
                title="No imports yet"
                text="Files you import are listed here with their progress and what came of their rows."
              />
            ) : (
              <ImportTable slug={slug} imports={data} onRejected={open} />
            )
          }
        </QueryView>
      </Panel>
      {shown && shown.rejected > 0 && (
        <Panel
          title={`Rejected rows of ${shown.name ?? 'this import'}`}
          actions={
            <Button size="xs" variant="default" onClick={() => open(undefined)}>
              Close
            </Button>
          }
        >
          <RejectedRows label="Rejected rows" rows={shown.rejected_rows} total={shown.rejected} />
        </Panel>
      )}
    </Stack>
  );
}
