import { Modal, Stack } from '@mantine/core';
import type { Feature, SchemaFeature } from '@plumbline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatCounted } from '../../format-number.ts';
import { modelPath } from '../../model-queries.ts';
import { EmptyMessage } from '../../ui/empty-message.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { ChangeTable } from './change-table.tsx';
import { FeatureForm } from './feature-form.tsx';
import { FeatureTable } from './feature-table.tsx';
import { saveFeature, schemaChangesQuery, schemaQuery } from './queries.ts';

export function SchemaPage() {
  const { slug, model } = useModelView();
  const queryClient = useQueryClient();
  const schema = useQuery({ ...schemaQuery(slug), refetchInterval: 30_000 });
  const changes = useQuery({ ...schemaChangesQuery(slug), refetchInterval: 30_000 });
  const [editing, setEditing] = useState<SchemaFeature>();
  const save = useMutation({
    mutationFn: (feature: Feature) => saveFeature(model, feature),
    onSuccess: () => {
      setEditing(undefined);
      return queryClient.invalidateQueries({
        predicate: ({ queryKey: [path] }) => typeof path === 'string' && path.startsWith(modelPath(slug)),
      });
    },
  });
  const close = () => {
    setEditing(undefined);
    save.reset();
  };
  return (
    <Stack>
      <DocumentTitle>{`Schema of ${model.display_name}`}</DocumentTitle>
      <Panel
        title="Features"
        note={
          schema.data === undefined || schema.data.rows === 0
            ? 'What rows are checked by.'
            : `What rows are checked by, and what the newest of them show (${formatCounted(schema.data.rows, 'row')}).`
        }
      >
        <QueryView query={schema} height={300}>
          {({ features }) =>
            features.length === 0 ? (
              <EmptyMessage
                title="No features yet"
                text="The first rows bring them, or name them when you create the model."
              />
            ) : (
              <FeatureTable features={features} onEdit={setEditing} />
            )
          }
        </QueryView>
      </Panel>
      <Panel title="Changes" note="What became of the features, newest first.">
        <QueryView query={changes} height={200}>
          {({ data }) =>
            data.length === 0 ? (
              <EmptyMessage
                title="No changes yet"
                text="New, missing and retyped features are told of here within a minute."
              />
            ) : (
              <ChangeTable changes={data} />
            )
          }
        </QueryView>
      </Panel>
      <Modal
        opened={editing !== undefined}
        onClose={close}
        title={editing ? `Edit ${editing.name}` : 'Edit'}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {editing && (
          <FeatureForm
            key={editing.name}
            feature={editing}
            isSaving={save.isPending}
            problem={save.error}
            onSave={(feature) => save.mutate(feature)}
          />
        )}
      </Modal>
    </Stack>
  );
}
