import { Modal, Stack, Text } from '@mantine/core';
import { type Expectation, type ExpectationChange, expectationKey } from '@plumbline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount, formatShare } from '../../format-number.ts';
import { modelPath } from '../../model-queries.ts';
import { EmptyBecause, EmptyMessage } from '../../ui/empty-message.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { applyChanges } from './apply-changes.ts';
import { ArrivalPanel } from './arrival-panel.tsx';
import { ColumnTable } from './column-table.tsx';
import { CorrelationPanel } from './correlation-panel.tsx';
import { ExpectationForm } from './expectation-form.tsx';
import { ExpectationPanel } from './expectation-panel.tsx';
import { kindWords } from './expectation-text.ts';
import { ProposalPanel } from './proposal-panel.tsx';
import { expectationsQuery, qualityQuery, saveVersion } from './queries.ts';
import { RepeatsPanel } from './repeats-panel.tsx';
import { VersionPanel } from './version-panel.tsx';

/** Whether the data is what it should be: expectations with their verdicts, and the counts of every column. */
export function QualityPage() {
  const { slug, model, query, reasonForEmpty } = useModelView();
  const queryClient = useQueryClient();
  const quality = useQuery(qualityQuery(slug, query));
  const answer = useQuery(expectationsQuery(slug));
  const [editing, setEditing] = useState<Expectation>();
  const { current = null, proposal = null } = answer.data ?? {};
  const expectations =
    current?.expectations.map(({ expectation }) => expectation) ?? proposal?.expectations ?? [];
  const save = useMutation({
    mutationFn: ({ changes, summary }: { changes: ExpectationChange[]; summary: string }) => {
      const made = applyChanges(expectations, changes);
      return saveVersion(slug, { basedOn: current?.version ?? 0, summary, expectations: made });
    },
    onSettled: () =>
      queryClient.invalidateQueries({
        predicate: ({ queryKey: [path] }) => typeof path === 'string' && path.startsWith(modelPath(slug)),
      }),
  });
  const close = () => {
    setEditing(undefined);
    save.reset();
  };
  const edit = (after: Expectation | null, summary: string) => {
    if (!editing) return;
    const change = after ? 'changed' : 'removed';
    save.mutate({ changes: [{ change, before: editing, after }], summary }, { onSuccess: close });
  };
  return (
    <Stack>
      <DocumentTitle>{`Data quality of ${model.display_name}`}</DocumentTitle>
      <QueryView query={quality} height={420}>
        {(found) => (
          <Stack>
            <Text>
              {formatCount(found.intake.accepted)} rows accepted and {formatCount(found.intake.rejected)}{' '}
              refused
              {found.intake.rejected_share !== null && ` (${formatShare(found.intake.rejected_share)})`} among
              those received in this time.
            </Text>
            {answer.data && (
              <ProposalPanel
                answer={answer.data}
                isSaving={save.isPending}
                problem={save.error}
                onAccept={(changes, summary, done) => save.mutate({ changes, summary }, { onSuccess: done })}
              />
            )}
            {found.expectations ? (
              <ExpectationPanel report={found.expectations} expectations={expectations} onEdit={setEditing} />
            ) : (
              <Panel title="Expectations">
                <EmptyMessage
                  title="Nothing is expected yet"
                  text={`Post a reference to /v1/models/${slug}/reference, for example the training data: it suggests what to expect.`}
                />
              </Panel>
            )}
            {found.columns.length === 0 || found.n_events === 0 ? (
              <EmptyBecause reason={reasonForEmpty()} />
            ) : (
              <>
                <ColumnTable answer={found} />
                <RepeatsPanel />
                <CorrelationPanel />
                <ArrivalPanel arrival={found.arrival} />
              </>
            )}
          </Stack>
        )}
      </QueryView>
      <VersionPanel model={slug} />
      <Modal
        opened={editing !== undefined}
        onClose={close}
        title={editing ? `${kindWords[editing.kind]} of ${fieldText(editing.column ?? 'all rows')}` : 'Edit'}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {editing && (
          <ExpectationForm
            key={expectationKey(editing)}
            expectation={editing}
            isSaving={save.isPending}
            problem={save.error}
            onSave={(after, summary) => edit(after, summary)}
            onRemove={(summary) => edit(null, summary)}
          />
        )}
      </Modal>
    </Stack>
  );
}
