import { Stack, Title } from '@mantine/core';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { AnchorLink } from './links.tsx';
import { DocumentTitle } from './page.tsx';
import { ProblemAlert } from './problem-alert.tsx';

/** What a page that cannot be shown turns into. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Stack p="md">
      <DocumentTitle>Error</DocumentTitle>
      <ProblemAlert error={error instanceof Error ? error : new Error(String(error))} onRetry={retry} />
      <AnchorLink to="/">Back to all models</AnchorLink>
    </Stack>
  );
}

export function PageNotFound() {
  return (
    <Stack p="md">
      <DocumentTitle>Not found</DocumentTitle>
      <Title order={1} size="h3">
        There is nothing at this address
      </Title>
      <AnchorLink to="/">Back to all models</AnchorLink>
    </Stack>
  );
}
