import { Group, Text } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconBellOff,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconEyeCheck,
  IconFlameFilled,
} from '@tabler/icons-react';

const looks = {
  good: { icon: IconCircleCheckFilled, color: 'var(--state-good)' },
  warning: { icon: IconAlertTriangleFilled, color: 'var(--state-warning)' },
  bad: { icon: IconFlameFilled, color: 'var(--state-bad)' },
  seen: { icon: IconEyeCheck, color: 'var(--state-warning)' },
  quiet: { icon: IconBellOff, color: 'var(--state-unknown)' },
  unknown: { icon: IconCircleDashed, color: 'var(--state-unknown)' },
} as const;

export type StatusLook = keyof typeof looks;

/** A state as icon and word, never as colour alone. */
export function StatusWord({ look, children }: { look: StatusLook; children: string }) {
  const { icon: Icon, color } = looks[look];
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
      <Icon size={16} color={color} aria-hidden style={{ flexShrink: 0 }} />
      <Text span size="sm" style={{ whiteSpace: 'nowrap' }}>
        {children}
      </Text>
    </Group>
  );
}
