import { type Monitor, monitorBody } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { draftOf, readDraft, withKind } from './monitor-draft.ts';

const monitor: Monitor = {
  id: 'm',
  model: 'flights',
  name: 'Drift of distance',
  metric: 'psi',
  column: 'distance',
  granularity: 'day',
  compare_to: 'reference',
  threshold: { kind: 'constant', warning: 0.1, critical: 0.2, direction: 'above' },
  persistence: { breaches: 2, of: 3 },
  min_n: null,
  channels: ['c'],
  enabled: true,
  created_by: 'user',
  judged_until: null,
  last_state: 'ok',
  last_value: 0.05,
  awaiting_labels: 0,
  created_at: '2001-01-01T00:00:00Z',
};

describe('readDraft', () => {
  it('an unchanged draft is the monitor again, as the contract wants it', () => {
    const read = readDraft(draftOf(monitor));
    expect('body' in read && monitorBody.safeParse(read.body).success).toBe(true);
    expect(read).toMatchObject({
      body: { threshold: { warning: 0.1, critical: 0.2 }, persistence: monitor.persistence },
    });
  });

  it.each([
    { kind: 'relative', warning: 0.1, critical: null, direction: 'below', baseline: 'previous' },
    { kind: 'sigma', warning: null, critical: 3, direction: 'outside', windows: 14 },
    { kind: 'seasonal', warning: 4, critical: 6, direction: 'above', weeks: 5 },
    { kind: 'cusum', warning: 5, critical: null, direction: 'outside' },
    { kind: 'page_hinkley', warning: 20, critical: 50, direction: 'above' },
    { kind: 'auto', warning: 0.05, critical: null },
    { kind: 'auto', warning: null, critical: null, direction: 'outside' },
  ] as const)('a threshold comes back as it was: $kind', (threshold) => {
    const read = readDraft(draftOf({ ...monitor, threshold }));
    expect('body' in read && monitorBody.safeParse(read.body).success).toBe(true);
    expect(read).toMatchObject({ body: { threshold } });
  });

  it('another kind of threshold has its own usual numbers', () => {
    expect(withKind(draftOf(monitor), 'sigma', undefined)).toMatchObject({ warning: '3', critical: '5' });
    expect(readDraft({ ...withKind(draftOf(monitor), 'sigma', undefined), warning: '-1' })).toEqual({
      error: 'Enter thresholds greater than 0.',
    });
  });

  it.each([
    [{ warning: '', critical: '' }, 'Enter a warning or a critical threshold.'],
    [{ critical: 'high' }, 'Thresholds and counts must be numbers.'],
    [{ breaches: '4' }, 'Breaches cannot exceed the number of windows.'],
    [{ name: ' ' }, 'Give the monitor a name.'],
  ])('%j is refused: %s', (part, error) => {
    expect(readDraft({ ...draftOf(monitor), ...part })).toEqual({ error });
  });
});
