import { Button, Group, Loader, Text } from '@mantine/core';
import type { SecondOpinion, SecondOpinionsAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { formatCount, formatNumber } from '../../format-number.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { EmptyBecause } from '../../ui/empty-message.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useModelView } from '../../use-model-view.ts';
import { pText, sampleText } from './opinion-text.ts';
import { secondOpinionsQuery } from './queries.ts';

const route = getRouteApi('/shell/models/$model/drift');

const described = (title: string, text: string) => (
  <>
    <Text size="sm" miw={150}>
      {title}
    </Text>
    <Text size="xs" c="dimmed">
      {text}
    </Text>
  </>
);

const valueCell = ({ value, status, measures }: SecondOpinion) =>
  described(value === null ? status.replaceAll('_', ' ') : formatNumber(value), measures);

const columns: TableColumn<SecondOpinion>[] = [
  { header: 'Test', cell: ({ title, sensitive_to: finds }) => described(title, finds) },
  { header: 'Value', cell: valueCell },
  { header: 'p', isNumber: true, cell: pText },
  { header: 'n reference', isNumber: true, cell: ({ n_reference: n }) => formatCount(n) },
  { header: 'n current', isNumber: true, cell: ({ n_current: n }) => formatCount(n) },
  { header: 'Computed', cell: ({ exactness }) => (exactness === 'exact' ? 'of all values' : 'of a sample') },
];

function Opinions({ answer }: { answer: SecondOpinionsAnswer }) {
  const { reasonForEmpty } = useModelView();
  if (answer.reference === null) return <EmptyBecause reason={reasonForEmpty(true)} />;
  return (
    <>
      <Text size="sm" mb="sm">
        {sampleText(answer)}
      </Text>
      <DataTable
        label={`Other tests of ${answer.column}`}
        columns={columns}
        rows={answer.tests}
        keyOf={({ test }) => test}
      />
    </>
  );
}

/** Mounted while the tests are asked for: leaving cancels the request, and the server stops computing. */
function AskedOpinions({ column, onCancel }: { column: string; onCancel: () => void }) {
  const { slug, query } = useModelView();
  const opinions = useQuery(secondOpinionsQuery(slug, query, column));
  if (opinions.isError)
    return <ProblemAlert error={opinions.error} onRetry={() => void opinions.refetch()} />;
  if (opinions.isPending)
    return (
      <Group role="status">
        <Loader size="sm" />
        <Text size="sm">Reading values of both sides and testing them…</Text>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    );
  return (
    <div className={opinions.isPlaceholderData ? 'stale' : ''} aria-busy={opinions.isPlaceholderData}>
      <Opinions answer={opinions.data} />
    </div>
  );
}

/** What every other test says of a column, asked by a button; whether it was is part of the URL. */
export function SecondOpinionsPanel({ column }: { column: string }) {
  const { tests } = route.useSearch();
  const navigate = useNavigate();
  const asked = tests === 'asked';
  const show = (search: 'asked' | undefined) =>
    void navigate({
      to: '.',
      search: (previous) => ({ ...previous, tests: search }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Panel
      title="Second opinions"
      note="What other tests of distribution say, on the values themselves instead of the bins."
      actions={
        <Button size="compact-sm" variant="default" onClick={() => show(asked ? undefined : 'asked')}>
          {asked ? 'Hide other tests' : 'Ask other tests'}
        </Button>
      }
    >
      {asked && <AskedOpinions column={column} onCancel={() => show(undefined)} />}
    </Panel>
  );
}
