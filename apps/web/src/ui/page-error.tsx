import { Alert, Stack, Title } from '@mantine/core';
import { type ErrorComponentProps, SearchParamError, useRouter } from '@tanstack/react-router';
import { searchErrorText } from '../page-error-text.ts';
import { AnchorLink } from './links.tsx';
import { DocumentTitle } from './page.tsx';
import { ProblemAlert } from './problem-alert.tsx';

/** What a page that cannot be shown turns into. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  if (error instanceof SearchParamError) {
    return (
      <Stack p="md">
        <DocumentTitle>Unreadable link</DocumentTitle>
        <Alert color="red" title="This link cannot be read" role="alert">
          {searchErrorText(error)}
        </Alert>
        <a href={router.state.location.pathname}>Open the page without these settings</a>
      </Stack>
    );
  }
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
