import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import type { MetricInfo } from '@plumbline/contracts';
import { falseAlarmText } from './false-alarm-text.ts';
import { type MonitorDraft, thresholdOf, withKind } from './monitor-draft.ts';

interface ThresholdFieldsProps {
  draft: MonitorDraft;
  info: MetricInfo | undefined;
  onChange: (draft: MonitorDraft) => void;
}

type Kind = MonitorDraft['kind'];
type Field = 'warning' | 'critical' | 'lower' | 'windows' | 'weeks';

const kinds: { value: Kind; label: string }[] = [
  { value: 'constant', label: 'A number' },
  { value: 'relative', label: 'A change by a fraction' },
  { value: 'sigma', label: 'Standard deviations of past windows' },
  { value: 'seasonal', label: 'Deviations from the same hour or day of past weeks' },
  { value: 'auto', label: 'Learnt from the reference' },
  { value: 'cusum', label: 'Slow change: sum of deviations (CUSUM)' },
  { value: 'ewma', label: 'Slow change: moving average (EWMA)' },
  { value: 'page_hinkley', label: 'Slow change: sum around the mean so far (Page–Hinkley)' },
];

const notes: Record<Kind, string> = {
  constant: '',
  relative: '0.1 is a change by 10 % of the baseline.',
  sigma:
    'How many standard deviations from the mean of the windows before; the first six windows are not judged.',
  seasonal:
    'How many deviations from the median of the same hour (or day) of the weeks before, in UTC; a slot is not judged in its first four weeks.',
  auto: 'Raised to what the windows of the reference reach themselves and to noise at the number of rows of each window. Drift must also be significant among all features. Leave the numbers empty for the usual smallest change of the metric.',
  cusum:
    'Adds up how far each window lies from the mean of the reference’s windows beyond half a standard deviation of theirs, and alarms when the sum goes beyond so many. Begins anew after the alarm.',
  ewma: 'A moving average in which the newest window counts a fifth; alarms when it lies so many of its own standard deviations from the mean of the reference’s windows. Begins anew after the alarm.',
  page_hinkley:
    'Adds up how far each window lies from the mean of the windows so far, in standard deviations of the reference’s windows. The first 30 windows are not judged. Begins anew after the alarm.',
};

const ownLimitsNote =
  'The limits come with each comparison: what windows of the reference reach themselves, or chance. A value beyond them that may be chance is no breach.';

/** Thresholds scaled by the windows of the reference. */
const scaledByReference: readonly Kind[] = ['cusum', 'ewma', 'page_hinkley'];

const directions = [
  { value: 'above', label: 'is above the threshold' },
  { value: 'below', label: 'is below the threshold' },
  { value: 'outside', label: 'leaves the range' },
];

const baselines = [
  { value: 'reference', label: 'The reference' },
  { value: 'previous', label: 'The window before' },
];

/** What a value may be: the kind of threshold and the numbers it asks for. */
export function ThresholdFields({ draft, info, onChange }: ThresholdFieldsProps) {
  const { kind } = draft;
  const input = (name: Field, label: string) => (
    <TextInput
      label={label}
      value={draft[name]}
      inputMode="decimal"
      onChange={(event) => onChange({ ...draft, [name]: event.currentTarget.value })}
    />
  );
  const applies = (value: Kind) =>
    (info?.measures !== 'p_value' || value === 'constant') &&
    (value !== 'seasonal' || draft.granularity !== 'week') &&
    !(info?.own_limits && scaledByReference.includes(value));
  const offered = kinds.filter(({ value }) => value === kind || applies(value));
  const takesOwnLimits = kind === 'auto' && info?.own_limits === true;
  const note = takesOwnLimits ? ownLimitsNote : notes[kind];
  const falseAlarms = falseAlarmText(thresholdOf(draft), draft.granularity);
  return (
    <>
      <NativeSelect
        label="Threshold"
        data={offered}
        value={kind}
        onChange={(event) => onChange(withKind(draft, event.currentTarget.value as Kind, info))}
      />
      {note !== '' && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
      {kind !== 'auto' && (
        <NativeSelect
          label="Breach when the value"
          data={directions}
          value={draft.direction}
          onChange={(event) =>
            onChange({ ...draft, direction: event.currentTarget.value as MonitorDraft['direction'] })
          }
        />
      )}
      {kind === 'relative' && (
        <NativeSelect
          label="Compared with"
          data={info?.needs_reference ? baselines.slice(1) : baselines}
          value={draft.baseline}
          onChange={(event) =>
            onChange({ ...draft, baseline: event.currentTarget.value as MonitorDraft['baseline'] })
          }
        />
      )}
      {kind === 'sigma' && input('windows', 'Windows to look back')}
      {kind === 'seasonal' && input('weeks', 'Weeks to look back')}
      {!takesOwnLimits && (
        <Group grow>
          {kind === 'constant' && draft.direction === 'outside' && input('lower', 'Lower end')}
          {input('warning', kind === 'auto' ? 'Smallest change' : 'Warning threshold')}
          {input('critical', kind === 'auto' ? 'Smallest critical change' : 'Critical threshold')}
        </Group>
      )}
      {falseAlarms !== null && <Text size="sm">{falseAlarms}</Text>}
    </>
  );
}
