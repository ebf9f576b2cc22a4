import { Center, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { DocumentTitle } from '../../ui/page.tsx';

/** The box of a page that is seen before there is a session. */
export function EntryCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Center component="main" mih="100vh" p="md">
      <DocumentTitle>{title}</DocumentTitle>
      <Paper withBorder p="xl" w={400} maw="100%">
        <Stack>
          <div>
            <img src="/icon.svg" alt="" width={36} height={36} />
            <Title order={1} size="h3">
              {title}
            </Title>
          </div>
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
