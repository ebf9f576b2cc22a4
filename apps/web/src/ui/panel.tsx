import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A titled box of a page. */
export function Panel(props: {
  title: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="panel">
      <Group justify="space-between" align="flex-start" mb="sm" gap="xs">
        <div>
          <Title order={2} size="h5">
            {props.title}
          </Title>
          {props.note ? (
            <Text size="sm" c="dimmed">
              {props.note}
            </Text>
          ) : null}
        </div>
        {props.actions}
      </Group>
      {props.children}
    </section>
  );
}
