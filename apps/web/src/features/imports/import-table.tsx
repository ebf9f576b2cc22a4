import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { Import, ImportStatus } from '@plumbline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatCount, formatCounted } from '../../format-number.ts';
import { formatTime } from '../../format-time.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { type StatusLook, StatusWord } from '../../ui/status-word.tsx';
import { cancelImport, importsQuery, isUnfinished } from './queries.ts';

const looks: Record<ImportStatus, StatusLook> = {
  waiting: 'unknown',
  running: 'seen',
  done: 'good',
  failed: 'bad',
  cancelled: 'quiet',
};

const titleOf = (row: Import) => row.name ?? `${row.format} of ${row.kind}`;

const rowsOf = (row: Import) =>
  row.rows_total === null
    ? formatCounted(row.rows_done, 'row')
    : `${formatCount(row.rows_done)} of ${formatCounted(row.rows_total, 'row')}`;

function keptOf(row: Import): string | null {
  if (row.status !== 'cancelled' && row.status !== 'failed') return null;
  if (row.kind === 'reference' || row.accepted === 0) return 'Nothing was changed.';
  return `${formatCounted(row.accepted, 'row')} stored before it stopped; they stay.`;
}

/** State and progress in one cell, so that both are in view on a phone. */
function ProgressOf({ row, children }: { row: Import; children: ReactNode }) {
  const isOpen = isUnfinished(row);
  const word = isOpen && row.cancel_requested ? 'stopping' : row.status;
  return (
    <Stack gap={4} miw={150} maw={320}>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <StatusWord look={looks[row.status]}>{word}</StatusWord>
        {isOpen && children}
      </Group>
      {isOpen && <Progress value={row.progress * 100} aria-label={`Progress of ${titleOf(row)}`} />}
      <Text size="sm" className="numbers">
        {rowsOf(row)}
      </Text>
      {[row.problem?.detail, keptOf(row)].map((text) =>
        text ? (
          <Text key={text} size="sm" c="dimmed">
            {text}
          </Text>
        ) : null,
      )}
    </Stack>
  );
}

interface ImportTableProps {
  slug: string;
  imports: Import[];
  onRejected: (id: string) => void;
}

/** Imports with how far they are, what came of them, and a way to stop them. */
export function ImportTable({ slug, imports, onRejected }: ImportTableProps) {
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: (id: string) => cancelImport(slug, id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: importsQuery(slug).queryKey }),
  });
  return (
    <Stack gap="sm">
      {cancel.error && <ProblemAlert error={cancel.error} />}
      <DataTable
        label="Imports"
        rows={imports}
        keyOf={(row) => row.id}
        columns={[
          {
            header: 'File',
            cell: (row) => (
              <Stack gap={0} miw={120}>
                <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                  {titleOf(row)}
                </Text>
                <Text size="sm" c="dimmed">
                  {row.kind}, {formatTime(row.created_at)} UTC
                </Text>
              </Stack>
            ),
          },
          {
            header: 'Progress',
            cell: (row) => (
              <ProgressOf row={row}>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Cancel ${titleOf(row)}`}
                  disabled={row.cancel_requested || cancel.isPending}
                  onClick={() => cancel.mutate(row.id)}
                >
                  Cancel
                </Button>
              </ProgressOf>
            ),
          },
          { header: 'Accepted', isNumber: true, cell: (row) => formatCount(row.accepted) },
          { header: 'Duplicates', isNumber: true, cell: (row) => formatCount(row.duplicates) },
          {
            header: 'Rejected',
            isNumber: true,
            cell: (row) =>
              row.rejected === 0 ? (
                '0'
              ) : (
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  aria-label={`Rejected rows of ${titleOf(row)}: ${formatCount(row.rejected)}`}
                  onClick={() => onRejected(row.id)}
                >
                  {formatCount(row.rejected)}
                </Anchor>
              ),
          },
        ]}
      />
    </Stack>
  );
}
