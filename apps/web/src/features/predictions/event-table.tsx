import { Table } from '@mantine/core';
import type { EventRow, Model } from '@plumbline/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { formatNumber } from '../../format-number.ts';
import { formatTime } from '../../format-time.ts';
import { AnchorLink } from '../../ui/links.tsx';
import { keepView } from '../../view-search.ts';
import { valueText } from './value-text.ts';

const rowHeight = 36;
const shownFeatures = 6;

interface EventTableProps {
  model: Model;
  events: EventRow[];
  onEndReached: () => void;
}

const labelOrScore = (label: string | null, score: number | null) =>
  label ?? (score === null ? '–' : formatNumber(score));

function Cells({ event, model, features }: { event: EventRow; model: Model; features: string[] }) {
  return (
    <>
      <Table.Td className="numbers">{formatTime(event.prediction_timestamp)}</Table.Td>
      <Table.Td>
        <AnchorLink
          to="/models/$model/predictions/$id"
          params={{ model: model.model, id: event.prediction_id }}
          search={keepView}
          style={{ whiteSpace: 'nowrap' }}
        >
          {event.prediction_id}
        </AnchorLink>
      </Table.Td>
      <Table.Td className="numbers">{labelOrScore(event.prediction_label, event.prediction_score)}</Table.Td>
      <Table.Td className="numbers" ta="right">
        {formatNumber(event.prediction_score)}
      </Table.Td>
      <Table.Td className="numbers">{labelOrScore(event.actual_label, event.actual_score)}</Table.Td>
      <Table.Td>{event.explained ? 'yes' : 'no'}</Table.Td>
      <Table.Td className="numbers">{event.model_version}</Table.Td>
      {features.map((name) => (
        <Table.Td key={name} className="numbers">
          {valueText(event.features[name])}
        </Table.Td>
      ))}
    </>
  );
}

/** Rows are drawn only near the visible part; reaching the end asks for the next page. */
export function EventTable({ model, events, onEndReached }: EventTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const visible = virtualizer.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (events.length > 0 && last >= events.length - 20) onEndReached();
  }, [last, events.length, onEndReached]);
  const features = model.features.map((feature) => feature.name).slice(0, shownFeatures);
  const above = visible[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (visible.at(-1)?.end ?? 0);
  const headers = ['Time (UTC)', 'Prediction', 'Predicted', 'Score', 'Actual', 'Explained', 'Version'];
  return (
    <section
      ref={scroller}
      className="panel"
      style={{ height: 620, overflow: 'auto' }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label="Predictions"
    >
      <Table stickyHeader aria-label="Predictions, newest first" aria-rowcount={events.length}>
        <Table.Thead>
          <Table.Tr>
            {[...headers, ...features].map((header) => (
              <Table.Th key={header} ta={header === 'Score' ? 'right' : 'left'}>
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {above > 0 && (
            <tr aria-hidden>
              <td style={{ height: above, padding: 0 }} />
            </tr>
          )}
          {visible.map((item) => {
            const event = events[item.index];
            return event ? (
              <Table.Tr key={event.prediction_id} aria-rowindex={item.index + 1} h={rowHeight}>
                <Cells event={event} model={model} features={features} />
              </Table.Tr>
            ) : null;
          })}
          {below > 0 && (
            <tr aria-hidden>
              <td style={{ height: below, padding: 0 }} />
            </tr>
          )}
        </Table.Tbody>
      </Table>
    </section>
  );
}
