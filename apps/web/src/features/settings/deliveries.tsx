import { Button, Text } from '@mantine/core';
import type { Delivery } from '@plumbline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { callApi } from '../../api-client.ts';
import { deliveriesQuery } from '../../channel-queries.ts';
import { formatNumber } from '../../format-number.ts';
import { formatTime } from '../../format-time.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { DeliveryStatus } from '../../ui/delivery-status.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryView } from '../../ui/query-view.tsx';

const redeliver = (id: string) =>
  callApi(z.unknown(), `/v1/deliveries/${encodeURIComponent(id)}/redeliver`, { method: 'POST', body: {} });

function attemptText(attempt: Delivery['attempts'][number]): string {
  const result =
    attempt.response_status === null ? (attempt.error ?? 'no answer') : `HTTP ${attempt.response_status}`;
  const latency = attempt.latency_ms === null ? '' : `, ${formatNumber(attempt.latency_ms)} ms`;
  return `${formatTime(attempt.at)}: ${result}${latency}`;
}

/** The messages of one channel with their attempts. */
export function Deliveries({ channel, name }: { channel: string; name: string }) {
  const queryClient = useQueryClient();
  const deliveries = useQuery({ ...deliveriesQuery(channel), refetchInterval: 3000 });
  const again = useMutation({
    mutationFn: redeliver,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: deliveriesQuery(channel).queryKey }),
  });
  return (
    <Panel title={`Deliveries to ${name}`}>
      {again.isError && <ProblemAlert error={again.error} />}
      <QueryView query={deliveries} height={160}>
        {(list) =>
          list.data.length === 0 ? (
            <Text c="dimmed">Nothing has been sent here yet.</Text>
          ) : (
            <DataTable
              label={`Deliveries to ${name}`}
              rows={list.data}
              keyOf={(delivery) => delivery.id}
              columns={[
                { header: 'Type', cell: (delivery) => delivery.type },
                { header: 'Status', cell: (delivery) => <DeliveryStatus status={delivery.status} /> },
                {
                  header: 'Attempts (UTC)',
                  cell: (delivery) =>
                    delivery.attempts.length === 0
                      ? 'none yet'
                      : delivery.attempts.map((attempt) => (
                          <div key={attempt.at}>{attemptText(attempt)}</div>
                        )),
                },
                {
                  header: 'Next attempt (UTC)',
                  cell: ({ next_attempt_at: next }) => (next === null ? '–' : formatTime(next)),
                },
                {
                  header: 'Send again',
                  cell: (delivery) => (
                    <Button
                      size="compact-sm"
                      variant="default"
                      disabled={again.isPending}
                      onClick={() => again.mutate(delivery.id)}
                    >
                      Resend
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </QueryView>
    </Panel>
  );
}
