import { Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { FairnessAnswer, FairnessDisparity } from '@plumbline/contracts';
import { formatNumber, formatSigned, formatWithInterval } from '../../format-number.ts';
import { StatusWord } from '../../ui/status-word.tsx';
import { disparitySentence, judgeDisparity } from './fairness-text.ts';

/** Every question of fairness with its answer in words and numbers. */
export function DisparityCards({ answer }: { answer: FairnessAnswer }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
      {answer.disparities.map((disparity) => (
        <DisparityCard key={disparity.disparity} disparity={disparity} answer={answer} />
      ))}
    </SimpleGrid>
  );
}

function DisparityCard({ disparity, answer }: { disparity: FairnessDisparity; answer: FairnessAnswer }) {
  const { look, word } = judgeDisparity(disparity);
  return (
    <section className="panel" aria-label={disparity.title}>
      <Stack gap={6}>
        <Group justify="space-between" gap="xs" align="flex-start">
          <Title order={3} size="h6">
            {disparity.title}
          </Title>
          <StatusWord look={look}>{word}</StatusWord>
        </Group>
        <Text size="sm" c="dimmed">
          {disparity.description}
        </Text>
        <Text size="sm">{disparitySentence(disparity, answer)}</Text>
        {disparity.status === 'ok' && <DisparityNumbers disparity={disparity} />}
      </Stack>
    </section>
  );
}

function DisparityNumbers({ disparity: d }: { disparity: FairnessDisparity }) {
  const lines: [string, string][] = [
    ['Difference', formatWithInterval(d.difference, d.difference_lower, d.difference_upper)],
    ...(d.ratio === null
      ? []
      : [['Ratio', formatWithInterval(d.ratio, d.ratio_lower, d.ratio_upper)] satisfies [string, string]]),
    ['Furthest from all', formatNumber(d.to_overall_difference)],
    ...(d.p_value === null ? [] : [['p, all pairs', formatNumber(d.p_value)] satisfies [string, string]]),
    ...besideLines(d),
    ['Groups', `${d.groups}${d.without_value > 0 ? `, ${d.without_value} without a value` : ''}`],
  ];
  return (
    <dl className="fact-list">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="numbers">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function besideLines({ compared: c }: FairnessDisparity): [string, string][] {
  if (!c) return [];
  if (c.difference === null) return [['Difference there', 'no value']];
  const there = formatWithInterval(c.difference, c.difference_lower, c.difference_upper);
  if (c.change === null) return [['Difference there', there]];
  const change =
    c.change_lower === null || c.change_upper === null
      ? formatSigned(c.change)
      : `${formatSigned(c.change)} (${formatSigned(c.change_lower)} to ${formatSigned(c.change_upper)})`;
  return [
    ['Difference there', there],
    ['Change', change],
  ];
}
