import { Paper, Text } from '@mantine/core';

/** Lines of a chart's tooltip under a heading. */
export function ChartTooltip({ title, lines }: { title: string; lines: [name: string, value: string][] }) {
  return (
    <Paper px="sm" py="xs" withBorder shadow="md">
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {lines.map(([name, value]) => (
        <Text size="sm" key={name} className="numbers">
          {name}: {value}
        </Text>
      ))}
    </Paper>
  );
}
