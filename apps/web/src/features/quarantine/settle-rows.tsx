import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { quarantineRetention, type ReplayBody } from '@plumbline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatCounted } from '../../format-number.ts';
import { modelPath } from '../../model-queries.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { discard, replayAll } from './queries.ts';
import { ReplayResult } from './replay-result.tsx';

interface SettleRowsProps {
  model: string;
  selection: Pick<ReplayBody, 'code' | 'field' | 'kind' | 'all'>;
  /** Rows of the selection that wait. */
  rows: number;
}

/** Replay and discard for all waiting rows of a selection, each asked back first, and what came of it. */
export function SettleRows({ model, selection, rows }: SettleRowsProps) {
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState<'replay' | 'discard'>();
  const refresh = () =>
    queryClient.invalidateQueries({
      predicate: ({ queryKey: [path] }) => typeof path === 'string' && path.startsWith(modelPath(model)),
    });
  const options = { onSuccess: () => setAsking(undefined), onSettled: refresh };
  const replay = useMutation({ mutationFn: () => replayAll(model, selection), ...options });
  const drop = useMutation({ mutationFn: () => discard(model, selection), ...options });
  const close = () => {
    setAsking(undefined);
    replay.reset();
    drop.reset();
  };
  const ask = (what: 'replay' | 'discard') => {
    replay.reset();
    drop.reset();
    setAsking(what);
  };
  const counted = formatCounted(rows, 'row');
  const problem = replay.error ?? drop.error;
  return (
    <Stack gap="sm">
      {rows > 0 && (
        <Group gap="xs">
          <Button size="xs" onClick={() => ask('replay')}>
            {`Replay ${counted}`}
          </Button>
          <Button size="xs" variant="default" onClick={() => ask('discard')}>
            {`Discard ${counted}`}
          </Button>
        </Group>
      )}
      {replay.data && <ReplayResult answer={replay.data} />}
      {drop.data && (
        <Text size="sm" role="status">
          {`Discarded ${formatCounted(drop.data.discarded, 'row')}.`}
        </Text>
      )}
      <Modal
        opened={asking !== undefined}
        onClose={close}
        title={asking === 'replay' ? `Replay ${counted}?` : `Discard ${counted}?`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack>
          {problem && <ProblemAlert error={problem} />}
          <Text size="sm">
            {asking === 'replay'
              ? 'The rows are checked again by the present schema and mapping rules. Those that pass are stored, each once; the others stay here.'
              : `Discarded rows cannot be replayed. They stay listed as discarded for up to ${quarantineRetention.days} days.`}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            {asking === 'replay' ? (
              <Button loading={replay.isPending} onClick={() => replay.mutate()}>
                Replay
              </Button>
            ) : (
              <Button color="red" loading={drop.isPending} onClick={() => drop.mutate()}>
                Discard
              </Button>
            )}
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
