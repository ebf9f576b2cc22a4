import { Accordion, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatCounted } from '../../format-number.ts';
import { formatTime } from '../../format-time.ts';
import { EmptyMessage } from '../../ui/empty-message.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { ChangeList } from './change-list.tsx';
import { versionsQuery } from './queries.ts';

/** Versions of the expectations, newest first, each with what it changed. */
export function VersionPanel({ model }: { model: string }) {
  const versions = useQuery(versionsQuery(model));
  return (
    <Panel title="Versions" note="The newest one judges every window. None is ever changed.">
      <QueryView query={versions} height={120}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyMessage
              title="No version yet"
              text="Accepting what the reference suggests makes the first."
            />
          ) : (
            <Accordion order={3}>
              {data.map(({ version, created_at, created_by, summary, expectations, changes }) => (
                <Accordion.Item key={version} value={String(version)}>
                  <Accordion.Control>
                    <Text fw={600}>
                      Version {version}: {formatCounted(expectations, 'expectation')},{' '}
                      {formatCounted(changes.length, 'change')}
                    </Text>
                    <Text size="sm" c="dimmed">
                      {formatTime(created_at)} UTC by {created_by}
                      {summary === null ? '' : `: ${summary}`}
                    </Text>
                  </Accordion.Control>
                  <Accordion.Panel>
                    <ChangeList label={`Changes of version ${version}`} changes={changes} />
                  </Accordion.Panel>
                </Accordion.Item>
              ))}
            </Accordion>
          )
        }
      </QueryView>
    </Panel>
  );
}
