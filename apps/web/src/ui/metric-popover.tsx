import { ActionIcon, Anchor, Popover, Text } from '@mantine/core';
import type { MetricInfo } from '@plumbline/contracts';
import { IconInfoCircle } from '@tabler/icons-react';
import { formatShort } from '../format-number.ts';

/** How a metric is computed, and where it is documented. */
export function MetricPopover({ info }: { info: MetricInfo | undefined }) {
  if (!info) return null;
  return (
    <Popover width={320} withArrow shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" size={24} aria-label={`How ${info.title} is computed`}>
          <IconInfoCircle size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text fw={600} size="sm">
          {info.title}
        </Text>
        <Text size="sm">{info.description}</Text>
        <Text size="sm" mt="xs">
          {info.exactness === 'exact' ? 'Exact.' : 'Computed from bins.'}
          {info.default_threshold !== null && ` Usual threshold ${formatShort(info.default_threshold)}.`}
          {` Needs at least ${info.min_n} events.`}
        </Text>
        {/^(https?:\/\/|\/)/.test(info.docs) ? (
          <Anchor size="sm" href={info.docs} target="_blank" rel="noreferrer">
            Read more about the method
          </Anchor>
        ) : (
          <Text size="sm">Documented in {info.docs}</Text>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
