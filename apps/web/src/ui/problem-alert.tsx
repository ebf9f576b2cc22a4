import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '../api-client.ts';

/** What went wrong, in the server's words, and a way to try again. */
export function ProblemAlert({ error, onRetry }: { error: Error; onRetry?: (() => void) | undefined }) {
  const problem = error instanceof ApiError ? error : undefined;
  const title = problem?.title ?? 'Something went wrong on this page';
  return (
    <Alert color="red" title={title} icon={<IconAlertTriangle aria-hidden />} role="alert">
      {error.message !== title && <Text size="sm">{error.message}</Text>}
      {problem?.requestId && (
        <Text size="sm" mt={4}>
          Request {problem.requestId}
        </Text>
      )}
      {onRetry && (
        <Button size="xs" variant="default" mt="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
