import { VisuallyHidden } from '@mantine/core';

/** Tells a screen reader about results that changed without a page change. */
export const LiveMessage = ({ children }: { children: string }) => (
  <VisuallyHidden role="status" aria-live="polite">
    {children}
  </VisuallyHidden>
);
