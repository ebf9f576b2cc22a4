import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import type { ExpectationChange, ExpectationsAnswer } from '@plumbline/contracts';
import { useState } from 'react';
import { formatCount, formatCounted } from '../../format-number.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ChangeList } from './change-list.tsx';

interface ProposalPanelProps {
  answer: ExpectationsAnswer;
  isSaving: boolean;
  problem: Error | null;
  onAccept: (changes: ExpectationChange[], summary: string, done: () => void) => void;
}

/** What the reference suggests beyond what is expected now, and taking it over, as a whole or piece by piece. */
export function ProposalPanel({ answer, isSaving, problem, onAccept }: ProposalPanelProps) {
  const { current, proposal, changes } = answer;
  const [isOpen, setOpen] = useState(false);
  const [summary, setSummary] = useState('');
  if (!proposal || changes.length === 0) return null;
  const isFirst = current === null;
  const title = isFirst
    ? `The reference suggests ${formatCounted(proposal.expectations.length, 'expectation')}`
    : `The reference suggests ${formatCounted(changes.length, 'change')}`;
  const close = () => setOpen(false);
  return (
    <Panel
      title={title}
      note={`Learnt from ${formatCount(proposal.n_reference)} rows. Nothing changes until you accept.`}
      actions={
        <Button size="xs" onClick={() => setOpen(true)}>
          {isFirst ? 'Review and accept' : 'Review changes'}
        </Button>
      }
    >
      <Modal
        opened={isOpen}
        onClose={close}
        size="xl"
        title={title}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack>
          {problem && <ProblemAlert error={problem} />}
          <ChangeList
            label="Suggested changes"
            changes={changes}
            {...(isFirst ? {} : { onTake: (change) => onAccept([change], summary, close) })}
          />
          {!isFirst && (
            <Text size="sm">
              Accepting all of them also replaces what was edited by hand and is listed here.
            </Text>
          )}
          <TextInput
            label="Why (kept with the version)"
            maxLength={500}
            value={summary}
            onChange={(event) => setSummary(event.currentTarget.value)}
          />
          <Button loading={isSaving} onClick={() => onAccept(changes, summary, close)}>
            {isFirst ? 'Accept as version 1' : 'Accept all'}
          </Button>
        </Stack>
      </Modal>
    </Panel>
  );
}
