import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import './theme.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isExpectedError } from './page-error-text.ts';
import { makeQueryClient } from './query-client.ts';
import { makeRouter } from './routes.tsx';
import { cssVariables, theme } from './theme.ts';

const queryClient = makeQueryClient(() => {
  void router.navigate({
    to: '/sign-in',
    search: { return_to: window.location.pathname + window.location.search },
  });
});
const router = makeRouter(queryClient);

const root = document.getElementById('root');
if (root) {
  createRoot(root, {
    onCaughtError: (error) => {
      if (!isExpectedError(error)) reportError(error);
    },
  }).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Notifications />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
