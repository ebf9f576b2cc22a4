import type { Delivery } from '@plumbline/contracts';
import { StatusWord } from './status-word.tsx';

const looks = {
  pending: { look: 'unknown', word: 'Pending' },
  delivered: { look: 'good', word: 'Delivered' },
  failed: { look: 'bad', word: 'Failed' },
} as const satisfies Record<Delivery['status'], { look: string; word: string }>;

export const DeliveryStatus = ({ status }: { status: Delivery['status'] }) => (
  <StatusWord look={looks[status].look}>{looks[status].word}</StatusWord>
);
