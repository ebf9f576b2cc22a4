import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import type { IngestAnswer } from '@plumbline/contracts';

export type RowKind = 'events' | 'actuals' | 'conflict';

/** What was sent: the rows' ids with a digest of what each says. Written before the request leaves. */
export interface Invoked {
  type: 'invoke';
  op: number;
  atMs: number;
  kind: RowKind;
  rows: [id: string, says: string][];
  /** All of it was acknowledged before. */
  isRepeat: boolean;
}

/** What came back. `ok` is 202, `fail` a refusal for what the rows say, `info` leaves open what became of them. */
export interface Returned {
  type: 'ok' | 'fail' | 'info';
  op: number;
  atMs: number;
  status: number;
  why: string;
  answer?: Pick<IngestAnswer, 'accepted' | 'duplicates'> & { rejected: number };
}

export type HistoryEntry = Invoked | Returned;

/** An append-only file of JSON lines that nothing is taken out of. */
export interface History {
  path: string;
  invoke(entry: Omit<Invoked, 'type' | 'op' | 'atMs'>): number;
  returned(entry: Omit<Returned, 'atMs'>): void;
  entries(): HistoryEntry[];
  close(): void;
}

export function openHistory(path: string): History {
  const file = openSync(path, 'a');
  let ops = 0;
  const write = (entry: HistoryEntry) => appendFileSync(file, `${JSON.stringify(entry)}\n`);
  return {
    path,
    invoke(entry) {
      ops += 1;
      write({ type: 'invoke', op: ops, atMs: Date.now(), ...entry });
      return ops;
    },
    returned: (entry) => write({ ...entry, atMs: Date.now() }),
    entries: () =>
      readFileSync(path, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    close: () => closeSync(file),
  };
}
