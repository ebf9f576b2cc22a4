import { Alert, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { CopyCode } from './copy-code.tsx';

/** A secret the server tells only now. */
export function ShownOnce({ what, secret }: { what: string; secret: string }) {
  return (
    <Alert color="blue" icon={<IconKey aria-hidden />} title={`Copy this ${what} now`} role="status">
      <Text size="sm" mb="xs">
        It is shown this once and cannot be read again.
      </Text>
      <CopyCode text={secret} label={`Copy ${what}`} />
    </Alert>
  );
}
