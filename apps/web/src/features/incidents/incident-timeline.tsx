import { Text, Timeline } from '@mantine/core';
import type { IncidentDetail } from '@plumbline/contracts';
import { formatTime } from '../../format-time.ts';
import { Panel } from '../../ui/panel.tsx';

/** What happened to an incident, in order. */
export function IncidentTimeline({ timeline }: { timeline: IncidentDetail['timeline'] }) {
  return (
    <Panel title="Timeline">
      <Timeline bulletSize={14} lineWidth={2} active={timeline.length}>
        {timeline.map((entry) => (
          <Timeline.Item key={`${entry.at}${entry.kind}${entry.text ?? ''}`} title={entry.kind}>
            <Text size="sm" c="dimmed">
              {formatTime(entry.at)} UTC{entry.by === null ? '' : ` · ${entry.by}`}
            </Text>
            {entry.text !== null && (
              <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
                {entry.text}
              </Text>
            )}
          </Timeline.Item>
        ))}
      </Timeline>
    </Panel>
  );
}
