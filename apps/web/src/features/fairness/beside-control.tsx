import { NativeSelect } from '@mantine/core';
import type { FairnessAnswer } from '@plumbline/contracts';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { formatCount } from '../../format-number.ts';
import { formatTime } from '../../format-time.ts';

const route = getRouteApi('/shell/models/$model/fairness');

const choices = [
  { value: '', label: 'beside nothing' },
  { value: 'reference', label: 'beside the reference' },
  { value: 'previous_period', label: 'beside the period before' },
];

/** What disparities stand beside. */
export function BesideControl() {
  const { beside = '' } = route.useSearch();
  const navigate = useNavigate();
  return (
    <NativeSelect
      aria-label="Disparities beside"
      value={beside}
      data={choices}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        const next = chosen === 'reference' || chosen === 'previous_period' ? chosen : undefined;
        void navigate({ to: '.', search: (previous) => ({ ...previous, beside: next }), resetScroll: false });
      }}
    />
  );
}

/** What stands beside, in words. */
export function besideText({ compared_to: other }: Pick<FairnessAnswer, 'compared_to'>): string {
  if (!other) return 'There is nothing to stand beside: this model has no reference, or the view no events.';
  const range = other.from && other.to ? ` of ${formatTime(other.from)} to ${formatTime(other.to)} UTC` : '';
  const n = `n = ${formatCount(other.n_events)} events, ${formatCount(other.n_labelled)} labelled`;
  return `“There” is ${other.kind === 'previous_period' ? 'the period before' : 'the reference'}${range}: ${n}.`;
}
