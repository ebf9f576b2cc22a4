import { Button, Group, SimpleGrid, Slider, Stack, Text } from '@mantine/core';
import type { PerformanceAnswer } from '@plumbline/contracts';
import { f1, f1Interval, type Interval, precision, recall, specificity, wilson } from '@plumbline/stats';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfusionTable } from '../../charts/confusion-table.tsx';
import { formatCount, formatWithInterval } from '../../format-number.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Panel } from '../../ui/panel.tsx';
import { confusionAt } from './threshold-value.ts';
import { ValuePanel } from './value-panel.tsx';

const route = getRouteApi('/shell/models/$model/performance');

interface ThresholdPanelProps {
  sweep: NonNullable<PerformanceAnswer['threshold_sweep']>;
  /** Of the model. */
  decisionThreshold: number;
  labels: { positive: string; negative: string };
}

interface Rate {
  name: string;
  value: number | undefined;
  interval: Interval | undefined;
  n: number;
}

function ratesOf(confusion: ReturnType<typeof confusionAt>): Rate[] {
  const { tp, fp, fn, tn } = confusion;
  const rate = (name: string, value: number | undefined, hits: number, n: number): Rate => ({
    name,
    value,
    interval: wilson(hits, n),
    n,
  });
  return [
    rate('Precision', precision(confusion), tp, tp + fp),
    rate('Recall', recall(confusion), tp, tp + fn),
    rate('Specificity', specificity(confusion), tn, tn + fp),
    { name: 'F1', value: f1(confusion), interval: f1Interval(confusion), n: tp + fp + fn },
  ];
}

/** What another decision threshold would have found, and what that is worth. */
export function ThresholdPanel({ sweep, decisionThreshold, labels }: ThresholdPanelProps) {
  const { threshold: asked } = route.useSearch();
  const navigate = useNavigate();
  const chosen = asked ?? decisionThreshold;
  const [moving, setMoving] = useState<number | null>(null);
  const threshold = moving ?? chosen;
  const choose = (value: number | undefined) => {
    setMoving(null);
    void navigate({
      to: '.',
      search: (previous) => ({ ...previous, threshold: value }),
      replace: true,
      resetScroll: false,
    });
  };
  const confusion = confusionAt(sweep, threshold);
  const n = sweep.positives + sweep.negatives;
  return (
    <Panel
      title="Decision threshold"
      note={`What it would have found on these n = ${formatCount(n)} labelled events, by score. Changes nothing in the model.`}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          disabled={threshold === decisionThreshold}
          onClick={() => choose(undefined)}
        >
          {`The model’s own: ${decisionThreshold}`}
        </Button>
      }
    >
      <Stack>
        <Group gap="md" wrap="nowrap">
          <Slider
            style={{ flexGrow: 1 }}
            thumbLabel="Decision threshold"
            min={0}
            max={1}
            step={0.01}
            precision={3}
            value={threshold}
            label={(value) => String(value)}
            onChange={setMoving}
            onChangeEnd={choose}
          />
          <Text className="numbers" fw={600} miw={48} ta="right" role="status">
            {threshold}
          </Text>
        </Group>
        <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
          <ConfusionTable
            labels={[labels.positive, labels.negative]}
            counts={[
              [confusion.tp, confusion.fn],
              [confusion.fp, confusion.tn],
            ]}
          />
          <DataTable
            label="Rates at this threshold"
            columns={[
              { header: 'At this threshold', cell: ({ name }) => name },
              {
                header: 'Value (95% interval)',
                isNumber: true,
                cell: ({ value, interval }) => formatWithInterval(value, interval?.lower, interval?.upper),
              },
              { header: 'n', isNumber: true, cell: ({ n: rows }) => formatCount(rows) },
            ]}
            rows={ratesOf(confusion)}
            keyOf={({ name }) => name}
          />
        </SimpleGrid>
        <ValuePanel sweep={sweep} threshold={threshold} labels={labels} onThreshold={choose} />
      </Stack>
    </Panel>
  );
}
