import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Kpi {
  name: string;
  value: string;
  note: ReactNode;
}

/** A handful of numbers, each with what it is made of. */
export function KpiRow({ kpis }: { kpis: Kpi[] }) {
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      {kpis.map((kpi) => (
        <div className="panel" key={kpi.name}>
          <Text size="sm" c="dimmed">
            {kpi.name}
          </Text>
          <Text fz={26} fw={650} className="numbers" lh={1.3}>
            {kpi.value}
          </Text>
          <Text size="sm" c="dimmed">
            {kpi.note}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}
