import { EmptyState } from '@mantine/core';
import { IconChartDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type EmptyReason, emptyTexts } from '../empty-reason.ts';

/** Says why there is nothing to see, and what to do about it. */
export function EmptyMessage(props: { title: string; text: ReactNode; children?: ReactNode }) {
  return (
    <EmptyState
      size="sm"
      py="md"
      title={props.title}
      description={props.text}
      icon={<IconChartDots aria-hidden />}
    >
      {props.children}
    </EmptyState>
  );
}

export const EmptyBecause = ({ reason }: { reason: EmptyReason }) => <EmptyMessage {...emptyTexts[reason]} />;
