import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import type { Expectation, ExpectationReport } from '@plumbline/contracts';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount } from '../../format-number.ts';
import { LiveMessage } from '../../ui/live-message.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ExpectationTable } from './expectation-table.tsx';
import { orderResults, type ResultView, resultViews } from './order-results.ts';

const route = getRouteApi('/shell/models/$model/quality');

const labels: Record<ResultView, string> = {
  broken: 'Broken',
  unknown: 'Unknown',
  met: 'Met',
  off: 'Off',
  all: 'All',
};

interface ExpectationPanelProps {
  report: ExpectationReport;
  expectations: Expectation[];
  onEdit: (expectation: Expectation) => void;
}

/** The expectations of the window, those of one column when the URL names it. */
export function ExpectationPanel({ report, expectations, onEdit }: ExpectationPanelProps) {
  const { result: view, column } = route.useSearch();
  const navigate = useNavigate();
  const results = report.results.filter((result) => column === undefined || result.column === column);
  const shown = orderResults(results, view);
  const count = (of: ResultView) =>
    of === 'all' ? results.length : results.filter(({ status }) => status === of).length;
  const summary = `${formatCount(count('broken'))} broken, ${formatCount(count('met'))} met, ${formatCount(count('unknown'))} unknown`;
  return (
    <Panel
      title={column === undefined ? 'Expectations' : `Expectations of ${fieldText(column)}`}
      note={`${summary}. ${
        report.version === null
          ? 'Judged by what the reference suggests; none was accepted yet.'
          : `Version ${report.version}.`
      } A window is only said to break one when chance does not explain it. A monitor of “Broken expectations” tells you when one breaks.`}
      actions={
        column !== undefined && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              void navigate({
                to: '.',
                search: (previous) => ({ ...previous, column: undefined }),
                resetScroll: false,
              })
            }
          >
            All columns
          </Button>
        )
      }
    >
      <LiveMessage>{summary}</LiveMessage>
      <Group mb="sm" style={{ overflowX: 'auto' }}>
        <SegmentedControl
          size="xs"
          aria-label="Results to show"
          value={view}
          data={resultViews.map((value) => ({
            value,
            label: `${labels[value]} (${formatCount(count(value))})`,
          }))}
          onChange={(value) =>
            void navigate({
              to: '.',
              search: (previous) => ({ ...previous, result: value as ResultView }),
              resetScroll: false,
            })
          }
        />
      </Group>
      {shown.length === 0 ? (
        <Text py="md">{view === 'broken' ? 'No expectation is broken.' : 'There are none of these.'}</Text>
      ) : (
        <ExpectationTable results={shown} expectations={expectations} onEdit={onEdit} />
      )}
    </Panel>
  );
}
