const rfc3339Utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/;
const timeKeys = /(_at|_timestamp|_until|^window_start|^timestamp)$/;
/** Below these keys the names are the caller's or the explanation's own. */
const freeNames = new Set([
  'features',
  'tags',
  'group',
  'evidence',
  'shap_values',
  'prediction_scores',
  'embedding_features',
  'paths',
  'components',
  'security',
]);

/** What is wrong with an answer of any route: error shape, times, names, undefined errors of the server. */
export function faultsOf(answer: Response, body: unknown, text: string): string[] {
  const type = answer.headers.get('content-type') ?? '';
  if (answer.status >= 400) return faultsOfProblem(answer.status, type, body, text);
  return [...faultsWithin(body, '')];
}

function faultsOfProblem(status: number, contentType: string, body: unknown, text: string): string[] {
  const faults: string[] = [];
  if (status >= 500 && status !== 503) faults.push(`a server error: ${text.slice(0, 200)}`);
  if (text === '') return [...faults, 'no body'];
  if (!contentType.startsWith('application/problem+json'))
    faults.push(`a problem of content type ${contentType}`);
  if (!isRecord(body)) return [...faults, `not an object`];
  for (const key of ['type', 'title', 'detail', 'instance', 'request_id']) {
    if (typeof body[key] !== 'string' || body[key] === '')
      faults.push(`no ${key} in ${String(body.type).split('/').at(-1)}`);
  }
  if (body.status !== status) faults.push(`says status ${body.status}`);
  if (typeof body.type === 'string' && !/^https?:\/\/.+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(body.type)) {
    faults.push(`type is not a URL that ends in a slug: ${body.type}`);
  }
  const errors = body.errors;
  if (errors !== undefined && (!Array.isArray(errors) || !errors.every(isFieldError))) {
    faults.push(`errors: ${JSON.stringify(errors)}`);
  }
  return faults;
}

function isFieldError(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return ['pointer', 'code', 'detail'].every((key) => typeof value[key] === 'string');
}

function* faultsWithin(value: unknown, at: string): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 50)) yield* faultsWithin(item, at);
  } else if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (!/^[a-z0-9_.]+$/.test(key)) yield `not snake_case: ${at}.${key}`;
      if (timeKeys.test(key) && typeof inner === 'string' && !rfc3339Utc.test(inner)) {
        yield `not RFC 3339 UTC: ${at}.${key}`;
      }
      if (!freeNames.has(key)) yield* faultsWithin(inner, `${at}.${key}`);
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
