import { Button, Modal, Stack } from '@mantine/core';
import { columnName, type Model, type Monitor, type MonitorBody } from '@plumbline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { filterFields } from '../../filters/filter-fields.ts';
import { metricsQuery } from '../../model-queries.ts';
import { EmptyMessage } from '../../ui/empty-message.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { draftFor, draftOf, watchableMetrics } from './monitor-draft.ts';
import { MonitorForm } from './monitor-form.tsx';
import { MonitorTable } from './monitor-table.tsx';
import { changeMonitor, createMonitor, monitorsQuery } from './queries.ts';

const columnsOf = (model: Model) =>
  filterFields(model)
    .filter(({ field }) => !field.startsWith('tags.'))
    .map(({ field, label }) => ({ value: columnName(field), label }));

export function MonitorsPage() {
  const { slug, model } = useModelView();
  const queryClient = useQueryClient();
  const monitors = useQuery({ ...monitorsQuery(slug), refetchInterval: 10_000 });
  const { data: catalogue } = useQuery(metricsQuery());
  const [editing, setEditing] = useState<Monitor | 'new'>();
  const save = useMutation({
    mutationFn: ({ id, body }: { id: string | null; body: Partial<MonitorBody> }) =>
      id === null ? createMonitor(slug, body) : changeMonitor(slug, id, body),
    onSuccess: () => {
      setEditing(undefined);
      return queryClient.invalidateQueries({ queryKey: monitorsQuery(slug).queryKey });
    },
  });
  const metrics = watchableMetrics(catalogue?.data ?? [], model.task);
  const [firstMetric] = metrics;
  const initial = editing === 'new' ? firstMetric && draftFor(firstMetric) : editing && draftOf(editing);
  const close = () => {
    setEditing(undefined);
    save.reset();
  };
  return (
    <Stack>
      <DocumentTitle>{`Monitors of ${model.display_name}`}</DocumentTitle>
      <Panel
        title="Monitors"
        note="Every new window of data is judged; a breach that lasts opens an incident."
        actions={
          <Button size="xs" disabled={!firstMetric} onClick={() => setEditing('new')}>
            New monitor
          </Button>
        }
      >
        <QueryView query={monitors} height={300}>
          {(list) =>
            list.data.length === 0 ? (
              <EmptyMessage
                title="No monitors yet"
                text="Posting a reference creates the usual ones; or make one yourself."
              />
            ) : (
              <MonitorTable monitors={list.data} catalogue={catalogue?.data} onEdit={setEditing} />
            )
          }
        </QueryView>
      </Panel>
      <Modal
        opened={initial !== undefined}
        onClose={close}
        title={editing === 'new' ? 'New monitor' : 'Edit monitor'}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {initial && (
          <MonitorForm
            key={editing === 'new' ? 'new' : editing?.id}
            initial={initial}
            metrics={metrics}
            columns={columnsOf(model)}
            isNew={editing === 'new'}
            isSaving={save.isPending}
            problem={save.error}
            onSave={(body) => {
              const id = editing === undefined || editing === 'new' ? null : editing.id;
              const { metric, column, granularity, ...changeable } = body;
              save.mutate({ id, body: id === null ? body : changeable });
            }}
          />
        )}
      </Modal>
    </Stack>
  );
}
