import type { HistoryEntry, Invoked, Returned } from './history.ts';

/** What a history says must, and may, be stored. */
export interface Expectation {
  /** Ids of events that were acknowledged; what each says. */
  acknowledged: Map<string, string>;
  /** Events whose outcome nobody was told. They may be stored or not. */
  open: Map<string, string>;
  /** The latest acknowledged truth of an id. */
  labels: Map<string, string>;
}

export interface Findings {
  /** Acknowledged, not stored. */
  lost: string[];
  /** Stored, never sent. */
  unexpected: string[];
  /** Stored more than once. */
  repeated: string[];
  /** Stored with other contents than were sent. */
  changed: string[];
  /** Answers that contradict what was sent. */
  wrongAnswers: string[];
}

export function expectationOf(entries: readonly HistoryEntry[]): Expectation {
  const invoked = new Map<number, Invoked>();
  const acknowledged = new Map<string, string>();
  const sent = new Map<string, string>();
  const labels = new Map<string, { label: string; at: string }>();
  for (const entry of entries) {
    if (entry.type === 'invoke') {
      invoked.set(entry.op, entry);
      if (entry.kind === 'events') for (const [id, says] of entry.rows) sent.set(id, says);
      continue;
    }
    const { kind, rows } = invoked.get(entry.op) ?? { kind: 'conflict', rows: [] };
    if (entry.type !== 'ok') continue;
    if (kind === 'events') for (const [id, says] of rows) acknowledged.set(id, says);
    if (kind !== 'actuals') continue;
    for (const [id, says] of rows) {
      const [label = '', at = ''] = says.split(' ');
      const before = labels.get(id);
      if (!before || at > before.at) labels.set(id, { label, at });
    }
  }
  const open = new Map([...sent].filter(([id]) => !acknowledged.has(id)));
  return { acknowledged, open, labels: new Map([...labels].map(([id, { label }]) => [id, label])) };
}

function answerFault(asked: Invoked, returned: Returned): string | null {
  const { type, status, why, answer } = returned;
  const got = `${asked.kind} of ${asked.rows.length} got ${status} ${why} ${JSON.stringify(answer)}`;
  if (type === 'info') return status >= 500 && status !== 503 ? got : null;
  if (asked.kind === 'conflict') return type === 'fail' && why === 'all-items-rejected' ? null : got;
  if (type === 'fail' || !answer) return got;
  const isWhole = answer.accepted + answer.duplicates === asked.rows.length && answer.rejected === 0;
  return isWhole && (!asked.isRepeat || answer.accepted === 0) ? null : got;
}

/** Holds a history against what is stored now, an entry for every stored row. */
export function checkHistory(
  entries: readonly HistoryEntry[],
  stored: readonly { id: string; says: string }[],
): Findings {
  const { acknowledged, open } = expectationOf(entries);
  const invoked = new Map(entries.flatMap((entry) => (entry.type === 'invoke' ? [[entry.op, entry]] : [])));
  const seen = new Map<string, string>();
  const findings: Findings = { lost: [], unexpected: [], repeated: [], changed: [], wrongAnswers: [] };
  for (const { id, says } of stored) {
    if (seen.has(id)) findings.repeated.push(id);
    seen.set(id, says);
    const expected = acknowledged.get(id) ?? open.get(id);
    if (expected === undefined) findings.unexpected.push(id);
    else if (expected !== says) findings.changed.push(id);
  }
  findings.lost = [...acknowledged.keys()].filter((id) => !seen.has(id));
  for (const entry of entries) {
    const asked = entry.type === 'invoke' ? undefined : invoked.get(entry.op);
    const fault = asked && entry.type !== 'invoke' ? answerFault(asked, entry) : null;
    if (fault) findings.wrongAnswers.push(fault);
  }
  return findings;
}
