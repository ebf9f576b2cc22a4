import { parseRetryAfter } from './retry-delay.ts';

/** A rejected row as the server lists it; `index` counts within the request. */
interface ListedRow {
  index: number;
  prediction_id: string | null;
  code: string;
  pointer: string;
  detail: string;
}

/** What one request came to. */
export type Verdict =
  /** The server has judged every row. */
  | { kind: 'answered'; accepted: number; duplicates: number; rejectedCount: number; rejected: ListedRow[] }
  /** Whether the rows were stored is unknown, or they were not, for now: the same request may help. */
  | { kind: 'retry'; status: number | null; message: string; retryAfterMs: number }
  /** The same request would fail again. */
  | { kind: 'refused'; status: number; message: string };

interface Answer {
  accepted: number;
  duplicates: number;
  rejected: ListedRow[];
  rejected_total?: number;
}

interface ProblemDocument {
  type?: unknown;
  title?: unknown;
  detail?: unknown;
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const isListedRow = (row: unknown): row is ListedRow =>
  typeof row === 'object' &&
  row !== null &&
  'index' in row &&
  Number.isInteger(row.index) &&
  ['code', 'pointer', 'detail'].every((name) => typeof Reflect.get(row, name) === 'string');

const isAnswer = (body: object | undefined): body is Answer =>
  body !== undefined &&
  'accepted' in body &&
  Number.isInteger(body.accepted) &&
  'duplicates' in body &&
  Number.isInteger(body.duplicates) &&
  'rejected' in body &&
  Array.isArray(body.rejected) &&
  body.rejected.every(isListedRow);

function answered(body: Answer): Verdict {
  const { accepted, duplicates, rejected } = body;
  return {
    kind: 'answered',
    accepted,
    duplicates,
    rejected,
    rejectedCount: body.rejected_total ?? rejected.length,
  };
}

function messageOf(status: number, problem: ProblemDocument | undefined): string {
  const words = [problem?.title, problem?.detail].filter((word) => typeof word === 'string');
  return [`The server answered ${status}`, ...words].join(': ').slice(0, 500);
}

/**
 * Judges an answer. 2xx and 422 with a list of rejected rows are answers; 408, 429, 5xx, a 409 because the first
 * attempt is still running, and a 2xx that is not Plumbline's are worth another attempt; all else is refused.
 */
export function readVerdict(
  response: { status: number; retryAfter: string | null; text: string },
  now: number,
): Verdict {
  const { status } = response;
  const body = parseObject(response.text);
  const isSuccess = status >= 200 && status < 300;
  if ((isSuccess || status === 422) && isAnswer(body)) return answered(body);
  const problem: ProblemDocument | undefined = body;
  const isStillRunning = status === 409 && String(problem?.type).endsWith('idempotency-in-progress');
  if (isSuccess || isStillRunning || status === 408 || status === 429 || status >= 500) {
    const message = isSuccess ? `The answer ${status} is not Plumbline's.` : messageOf(status, problem);
    return { kind: 'retry', status, message, retryAfterMs: parseRetryAfter(response.retryAfter, now) };
  }
  return { kind: 'refused', status, message: messageOf(status, problem) };
}
