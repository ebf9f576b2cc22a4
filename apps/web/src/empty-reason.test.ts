import { expect, it } from 'vitest';
import { emptyReason } from './empty-reason.ts';

const full = { events: 10, mirroredEvents: 10, hasFilter: false, hasRange: false };

it.each([
  ['no_data_ever', { ...full, events: 0, mirroredEvents: 0, hasFilter: true }],
  ['no_reference', { ...full, needsReference: true, hasReference: false }],
  ['not_computed', { ...full, mirroredEvents: 0, hasRange: true }],
  ['filtered_out', { ...full, hasFilter: true, hasRange: true }],
  ['none_in_range', { ...full, hasRange: true }],
  ['not_computed', full],
] as const)('says %s', (reason, known) => {
  expect(emptyReason(known)).toBe(reason);
});
