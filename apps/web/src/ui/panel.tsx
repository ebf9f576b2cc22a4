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
        <div style={{ minWidth: 0, flex: '1 1 240px' }}>
          <Title order={2} size="h5">
            {props.title}
          </Title>
          {props.note ? (
            <Text size="sm" c="dimmed">
              {props.note}
            </Text>
          ) : null}
        </div>
        <div style={{ flexShrink: 0, maxWidth: '100%' }}>{props.actions}</div>
      </Group>
      {props.children}
    </section>
  );
}
