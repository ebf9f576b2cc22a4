import { Button, Group, Menu, Stack, Textarea } from '@mantine/core';
import type { IncidentDetail } from '@plumbline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { actOnIncident, type IncidentAction } from './queries.ts';

const snoozes = [
  { hours: 1, label: 'For an hour' },
  { hours: 24, label: 'For a day' },
  { hours: 24 * 7, label: 'For a week' },
];

/** Acknowledge, snooze, resolve and comment. */
export function IncidentActions({ incident }: { incident: IncidentDetail }) {
  const queryClient = useQueryClient();
  const [comment, setComment] = useState('');
  const act = useMutation({
    mutationFn: (step: IncidentAction) => actOnIncident(incident.id, step),
    onSuccess: (_, step) => {
      if (step.action === 'comment') setComment('');
      return queryClient.invalidateQueries({
        predicate: ({ queryKey: [path] }) => typeof path === 'string' && path.startsWith('/v1/incidents'),
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (comment.trim() !== '') act.mutate({ action: 'comment', body: { text: comment.trim() } });
  };
  const isResolved = incident.status === 'resolved';
  return (
    <Stack>
      {act.isError && <ProblemAlert error={act.error} />}
      <Group>
        <Button
          disabled={incident.status !== 'open' || act.isPending}
          onClick={() => act.mutate({ action: 'acknowledge' })}
        >
          Acknowledge
        </Button>
        <Menu>
          <Menu.Target>
            <Button variant="default" disabled={isResolved || act.isPending}>
              Snooze
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {snoozes.map(({ hours, label }) => (
              <Menu.Item key={hours} onClick={() => act.mutate({ action: 'snooze', body: { hours } })}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button
          variant="default"
          disabled={isResolved || act.isPending}
          onClick={() => act.mutate({ action: 'resolve' })}
        >
          Resolve
        </Button>
      </Group>
      <form onSubmit={submit}>
        <Stack gap="xs" align="flex-start">
          <Textarea
            label="Comment"
            w="100%"
            autosize
            minRows={2}
            maxLength={4000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" size="xs" disabled={comment.trim() === '' || act.isPending}>
            Add comment
          </Button>
        </Stack>
      </form>
    </Stack>
  );
}
