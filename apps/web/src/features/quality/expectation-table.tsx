import { Anchor, Button, Text } from '@mantine/core';
import { type Expectation, type ExpectationResult, expectationKey } from '@plumbline/contracts';
import { Link } from '@tanstack/react-router';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount } from '../../format-number.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { evidenceText, expectationSentence, reasonHelp, reasonTexts } from './expectation-text.ts';

const mostShown = 200;

function Verdict({ result: { status, reason, severity } }: { result: ExpectationResult }) {
  if (status === 'met') return <StatusWord look="good">Met</StatusWord>;
  if (status === 'off') return <StatusWord look="quiet">Off</StatusWord>;
  if (status === 'unknown') {
    return (
      <span title={reason === null ? '' : reasonHelp[reason]}>
        <StatusWord look="unknown">
          {reason === null ? 'Unknown' : `Unknown: ${reasonTexts[reason]}`}
        </StatusWord>
      </span>
    );
  }
  return <StatusWord look={severity === 'critical' ? 'bad' : 'warning'}>{`Broken, ${severity}`}</StatusWord>;
}

function Evidence({ result }: { result: ExpectationResult }) {
  const examples = result.examples.map(({ value, count }) => `${value} (${formatCount(count)})`).join(', ');
  return (
    <div style={{ minWidth: 200 }}>
      <span className="numbers">{evidenceText(result)}</span>
      {examples !== '' && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {examples}
        </Text>
      )}
    </div>
  );
}

interface ExpectationTableProps {
  results: ExpectationResult[];
  expectations: Expectation[];
  onEdit: (expectation: Expectation) => void;
}

type Row = ExpectationResult & { expectation: Expectation | undefined };

/** Verdicts with what they rest on. */
export function ExpectationTable({ results, expectations, onEdit }: ExpectationTableProps) {
  const known = new Map(expectations.map((expectation) => [expectationKey(expectation), expectation]));
  const rows = results.slice(0, mostShown).map((result): Row => {
    const key = JSON.stringify([result.kind, result.column]);
    return { ...result, expectation: known.get(key) };
  });
  return (
    <>
      <DataTable
        label="Expectations of this window"
        rows={rows}
        keyOf={({ kind, column }) => `${kind} ${column}`}
        columns={[
          { header: 'Result', cell: (row) => <Verdict result={row} /> },
          {
            header: 'Column',
            cell: ({ column }) =>
              column === null ? (
                'all rows'
              ) : (
                <Anchor
                  fw={600}
                  inherit
                  renderRoot={(props) => (
                    <Link
                      {...props}
                      to="."
                      search={(previous) => ({ ...previous, column })}
                      resetScroll={false}
                    />
                  )}
                >
                  {fieldText(column)}
                </Anchor>
              ),
          },
          {
            header: 'Expected',
            cell: ({ expectation }) => (
              <div style={{ minWidth: 220 }}>{expectation ? expectationSentence(expectation) : '–'}</div>
            ),
          },
          { header: 'Found', cell: (row) => <Evidence result={row} /> },
          {
            header: 'Edit',
            cell: ({ expectation, kind, column }) =>
              expectation && (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Edit ${kind.replaceAll('_', ' ')} of ${column ?? 'all rows'}`}
                  onClick={() => onEdit(expectation)}
                >
                  Edit
                </Button>
              ),
          },
        ]}
      />
      {results.length > mostShown && (
        <Text size="sm" c="dimmed">
          {formatCount(mostShown)} of {formatCount(results.length)} are listed.
        </Text>
      )}
    </>
  );
}
