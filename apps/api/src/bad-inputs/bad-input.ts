/** What a case sends. `{model}` in the path stands for the suite's model, `{other}` for another project's. */
export interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string | string[]>;
  /** Sent as it is; an object as JSON. */
  body?: string | Buffer | object;
  /** The key used; null sends none. */
  key?: 'admin' | 'ingest' | 'read' | 'revoked' | null;
  /** Written to a socket instead: the whole request, byte by byte. `{key}` stands for the admin key. */
  socket?: string;
}

export interface Answer {
  status: number;
  /** Slug of the problem. */
  type?: string;
  /** Code of the first rejected row, or of the first error of a 422. */
  code?: string;
  /** Pointer of the same. */
  pointer?: string;
  duplicates?: number;
  /** Headers the answer must carry. */
  headers?: Record<string, RegExp>;
  /** The connection ends with the answer. */
  closes?: boolean;
  /** An answer without a body. */
  isBare?: boolean;
}

/** One bad input, and everything that may come of it. */
export interface BadInput {
  input: string;
  send: Sent;
  answer: Answer;
  /** Events that are stored by it; 0 unless said. */
  events?: number;
  /** Actuals that are stored by it; 0 unless said. */
  actuals?: number;
  /** Why the answer is this one, where another would be as natural. */
  why?: string;
}

/** Cases of one subject, in the order of the page they make. */
export interface Subject {
  title: string;
  cases: BadInput[];
}

/** A time that every model takes. */
export const at = '2026-01-05T00:00:00Z';

let made = 0;

/** An id no other case uses. */
export function freshId(): string {
  made += 1;
  return `bad-${made}`;
}

/** A good event; `change` spoils it. */
export const event = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  prediction_id: freshId(),
  prediction_timestamp: at,
  prediction_score: 0.5,
  ...change,
});

const json = (row: unknown) => (typeof row === 'string' ? row : JSON.stringify(row));

/** A batch of this row and a good one: the good one is stored, whatever becomes of the other. */
const beside = (row: unknown): Sent => ({ body: `{"events": [${json(row)}, ${json(event())}]}` });

/** The text of an event with more fields, as no serializer would write it. */
export const eventText = (fields: string): string =>
  `{"prediction_id": "${freshId()}", "prediction_timestamp": "${at}", ${fields}}`;

/** A row that is refused while its neighbour is stored. */
export const refused = (input: string, row: unknown, code: string, pointer = '', why?: string): BadInput => ({
  input,
  send: beside(row),
  answer: { status: 202, code, pointer: `/events/0${pointer}` },
  events: 1,
  ...(why === undefined ? {} : { why }),
});

/** A row that looks bad and is stored beside its neighbour. */
export const taken = (input: string, row: unknown, why?: string): BadInput => ({
  input,
  send: beside(row),
  answer: { status: 202 },
  events: 2,
  ...(why === undefined ? {} : { why }),
});

/** A request that is refused whole: nothing of it is stored. */
export const problem = (
  input: string,
  send: Sent,
  status: number,
  type: string,
  more: Omit<Answer, 'status' | 'type'> & { why?: string } = {},
): BadInput => {
  const { why, ...answer } = more;
  return { input, send, answer: { status, type, ...answer }, ...(why === undefined ? {} : { why }) };
};
