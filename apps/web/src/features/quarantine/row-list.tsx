import { Accordion, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { QuarantinedRowAnswer } from '@plumbline/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { formatTime } from '../../format-time.ts';
import type { QuarantineSearch } from '../../page-search.ts';
import { CopyCode } from '../../ui/copy-code.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { rowsQuery } from './queries.ts';

function rowText({ body, replayable }: QuarantinedRowAnswer): string {
  const row: unknown = JSON.parse(body);
  return replayable ? JSON.stringify(row, null, 2) : String(row);
}

function Row({ row }: { row: QuarantinedRowAnswer }) {
  return (
    <Accordion.Item value={row.id}>
      <Accordion.Control>
        <Group gap="sm" wrap="wrap">
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {row.prediction_id ?? 'no id'}
          </Text>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {row.detail}
          </Text>
          <Text size="sm" c="dimmed" className="numbers">
            {formatTime(row.received_at)} UTC
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="xs">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {`${row.code} at ${row.pointer}`}
            {row.settled_at !== null && ` · ${row.status} ${formatTime(row.settled_at)} UTC`}
          </Text>
          {!row.replayable && (
            <Text size="sm">Only the text of this row is kept: correct it at its source and post it.</Text>
          )}
          <CopyCode text={rowText(row)} label="Copy row" />
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

/** The rows of a selection as posted, newest first. */
export function RowList({ model, search }: { model: string; search: QuarantineSearch }) {
  const query = useInfiniteQuery(rowsQuery(model, search));
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  if (query.isPending) return <Skeleton height={240} aria-label="Loading" />;
  return (
    <Stack>
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && rows.length === 0 && <Text c="dimmed">No rows of this kind.</Text>}
      <Accordion order={3}>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </Accordion>
      {query.hasNextPage && (
        <Group>
          <Button
            size="xs"
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more rows
          </Button>
        </Group>
      )}
    </Stack>
  );
}
