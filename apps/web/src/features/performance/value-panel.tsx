import { Button, Group, NumberInput, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { PerformanceAnswer } from '@plumbline/contracts';
import { confusionValue, type OutcomeValues } from '@plumbline/stats';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { formatCount, formatNumber, formatWithInterval } from '../../format-number.ts';
import {
  type BestThreshold,
  bestThreshold,
  confusionAt,
  outcomeValuesText,
  parseOutcomeValues,
} from './threshold-value.ts';

const route = getRouteApi('/shell/models/$model/performance');

interface ValuePanelProps {
  sweep: NonNullable<PerformanceAnswer['threshold_sweep']>;
  threshold: number;
  labels: { positive: string; negative: string };
  onThreshold: (threshold: number) => void;
}

const nothing: OutcomeValues = { tn: 0, fp: 0, fn: 0, tp: 0 };

function Result({
  best,
  threshold,
  onThreshold,
}: {
  best: BestThreshold;
  threshold: number;
  onThreshold: ValuePanelProps['onThreshold'];
}) {
  const { value, gain, alike } = best;
  const [from, to] = alike;
  const isChosen = !gain || gain.mean <= 0;
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <Text>
          Best on these events: threshold <strong>{best.threshold}</strong>, worth{' '}
          <strong>{formatWithInterval(value?.mean, value?.lower, value?.upper)}</strong> an event.
        </Text>
        {best.threshold !== threshold && (
          <Button size="compact-sm" variant="default" onClick={() => onThreshold(best.threshold)}>
            Try it
          </Button>
        )}
      </Group>
      <Text>
        {isChosen
          ? 'The chosen threshold is worth as much.'
          : `Staying at ${threshold} costs ${formatWithInterval(gain.mean, gain.lower, gain.upper)} an event.`}{' '}
        {from === to
          ? 'Every other threshold is worse by more than chance.'
          : `Thresholds from ${from} to ${to} cannot be told apart from the best.`}
      </Text>
      <Text size="sm" c="dimmed">
        Intervals are 95% and of the events alone: the best threshold was picked on the same events, which
        makes it look a little better than it will be. A threshold of 1 predicts nothing positive.
      </Text>
    </Stack>
  );
}

/** What the outcomes are worth to the user, the value at a threshold, and the threshold of the greatest value. */
export function ValuePanel({ sweep, threshold, labels, onThreshold }: ValuePanelProps) {
  const { values } = route.useSearch();
  const navigate = useNavigate();
  const given = parseOutcomeValues(values);
  const worth = given ?? nothing;
  const change = (part: Partial<OutcomeValues>) =>
    void navigate({
      to: '.',
      search: (previous) => ({ ...previous, values: outcomeValuesText({ ...worth, ...part }) }),
      replace: true,
      resetScroll: false,
    });
  const isGiven = Object.values(worth).some((value) => value !== 0);
  const n = sweep.positives + sweep.negatives;
  const value = isGiven ? confusionValue(confusionAt(sweep, threshold), worth) : undefined;
  const best = isGiven ? bestThreshold(sweep, worth, threshold) : null;
  const { positive, negative } = labels;
  const outcomes: [keyof OutcomeValues, string][] = [
    ['tp', `${positive}, predicted ${positive}`],
    ['fn', `${positive}, predicted ${negative}`],
    ['fp', `${negative}, predicted ${positive}`],
    ['tn', `${negative}, predicted ${negative}`],
  ];
  return (
    <Stack gap="sm">
      <Title order={3} size="h6">
        What an event is worth, by outcome
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        {outcomes.map(([outcome, label]) => (
          <NumberInput
            key={outcome}
            label={label}
            value={worth[outcome]}
            onChange={(input) => {
              if (typeof input === 'number' && Number.isFinite(input)) change({ [outcome]: input });
            }}
            decimalScale={4}
            hideControls
          />
        ))}
      </SimpleGrid>
      {value ? (
        <>
          <Text role="status">
            At {threshold}: <strong>{formatWithInterval(value.mean, value.lower, value.upper)}</strong> an
            event, {formatWithInterval(value.mean * n, value.lower * n, value.upper * n)} in total, n ={' '}
            {formatCount(n)}.
          </Text>
          {best && <Result best={best} threshold={threshold} onThreshold={onThreshold} />}
        </>
      ) : (
        <Text c="dimmed">
          Say what each outcome earns, or costs as a negative number, in any unit: then the value of a
          threshold and the best one are shown. All are {formatNumber(0)} now.
        </Text>
      )}
    </Stack>
  );
}
