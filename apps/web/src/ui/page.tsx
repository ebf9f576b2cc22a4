import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export const DocumentTitle = ({ children }: { children: string }) => (
  <title>{`${children} · Plumbline`}</title>
);

/** A page with its heading and document title. */
export function Page(props: { title: string; intro?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <Stack gap="lg">
      <DocumentTitle>{props.title}</DocumentTitle>
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1} size="h2">
            {props.title}
          </Title>
          {props.intro ? (
            <Text c="dimmed" mt={4}>
              {props.intro}
            </Text>
          ) : null}
        </div>
        {props.actions}
      </Group>
      {props.children}
    </Stack>
  );
}
