import { Table, Text } from '@mantine/core';
import type { DriftAnswer, IngestStatus, Model } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { Sparkline } from '../../charts/sparkline.tsx';
import { formatCount, formatCounted } from '../../format-number.ts';
import { formatAgo, formatTime } from '../../format-time.ts';
import { AnchorLink } from '../../ui/links.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { recentVolumeQuery } from './queries.ts';

export interface ModelSummary {
  model: Model;
  name: string;
  openIncidents: number;
  driftedShare: number | null;
  drift: DriftAnswer | undefined;
  status: IngestStatus | undefined;
  newestEventAt: string | null;
}

function Attention({ summary }: { summary: ModelSummary }) {
  const { openIncidents, drift, status } = summary;
  if (openIncidents > 0)
    return <StatusWord look="bad">{formatCounted(openIncidents, 'open incident')}</StatusWord>;
  if (drift && drift.dataset.drifted_columns > 0) return <StatusWord look="warning">Drift</StatusWord>;
  if (status && status.events === 0) return <StatusWord look="unknown">No events yet</StatusWord>;
  return <StatusWord look="good">Nothing open</StatusWord>;
}

function driftText({ model, drift }: ModelSummary): string {
  if (!model.has_reference) return 'no reference';
  if (!drift) return '–';
  return `${drift.dataset.drifted_columns} of ${drift.dataset.columns} features`;
}

export function ModelRow({ summary, now }: { summary: ModelSummary; now: number }) {
  const { model, status, newestEventAt } = summary;
  const receivedAt = status?.last_event_at ?? null;
  const { data: volume } = useQuery(recentVolumeQuery(model, newestEventAt));
  return (
    <Table.Tr>
      <Table.Td>
        <AnchorLink to="/models/$model" params={{ model: model.model }} fw={600}>
          {model.display_name}
        </AnchorLink>
        <Text size="sm" c="dimmed">
          {model.task.replaceAll('_', ' ')}
        </Text>
      </Table.Td>
      <Table.Td>
        <Attention summary={summary} />
      </Table.Td>
      <Table.Td className="numbers">{driftText(summary)}</Table.Td>
      <Table.Td className="numbers" ta="right">
        {formatCount(status?.events)}
      </Table.Td>
      <Table.Td className="numbers">
        {newestEventAt === null ? '–' : `${formatTime(newestEventAt)} UTC`}
        {receivedAt !== null && (
          <Text size="sm" c="dimmed">
            received {formatAgo(receivedAt, now)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {volume && (
          <Sparkline
            values={volume.points.map((point) => point.value)}
            label={`Events per day of ${model.display_name}, last 28 days of data`}
          />
        )}
      </Table.Td>
    </Table.Tr>
  );
}
