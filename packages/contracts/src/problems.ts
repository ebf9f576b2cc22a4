/**
 * Every error the API answers with: slug → HTTP status and title (RFC 9457).
 * `type` of a problem document is `<origin>/problems/<slug>`.
 */
export const problems = {
  'malformed-request': { status: 400, title: 'The request is not valid HTTP' },
  'malformed-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-utf8': { status: 400, title: 'The body is not valid UTF-8' },
  'bad-encoding': { status: 400, title: 'The content encoding does not match the body' },
  'bad-url': { status: 400, title: 'The URL cannot be decoded' },
  'bad-idempotency-key': { status: 400, title: 'The Idempotency-Key header is not usable' },
  'missing-credentials': { status: 401, title: 'No credentials were sent' },
  'invalid-key': { status: 401, title: 'The API key is not valid' },
  'invalid-credentials': { status: 401, title: 'E-mail or password is not right' },
  'insufficient-scope': { status: 403, title: 'The credentials do not cover this' },
  csrf: { status: 403, title: 'The request did not come from this site' },
  'setup-closed': { status: 403, title: 'The set-up link is used, expired or unknown' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'unknown-model': { status: 404, title: 'There is no such model in this project' },
  'unknown-event': { status: 404, title: 'There is no such event' },
  'method-not-allowed': { status: 405, title: 'This method is not allowed here' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  'idempotency-in-progress': { status: 409, title: 'A request with this Idempotency-Key is still running' },
  conflict: { status: 409, title: 'The request conflicts with what is stored' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'url-too-long': { status: 414, title: 'The URL is too long' },
  'unsupported-media-type': { status: 415, title: 'This content type is not supported' },
  'unsupported-charset': { status: 415, title: 'This character set is not supported' },
  'unsupported-encoding': { status: 415, title: 'This content encoding is not supported' },
  'unknown-host': { status: 421, title: 'This host name is not served here' },
  'validation-failed': { status: 422, title: 'The request is not valid' },
  'all-items-rejected': { status: 422, title: 'Every row was rejected' },
  'idempotency-key-reuse': { status: 422, title: 'The Idempotency-Key was used with another body' },
  'bad-query': { status: 422, title: 'A query parameter is not valid' },
  'bad-rule': { status: 422, title: 'The monitor rule is not valid' },
  'too-many-buckets': { status: 422, title: 'The range holds too many windows of this granularity' },
  'blocked-destination': { status: 422, title: 'This destination is not allowed' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'internal-error': { status: 500, title: 'Something went wrong here' },
  'database-unavailable': { status: 503, title: 'The database cannot be reached' },
  'queue-saturated': { status: 503, title: 'The queue is full' },
  'shutting-down': { status: 503, title: 'The server is shutting down' },
  'storage-low': { status: 503, title: 'Disk space is low' },
  overloaded: { status: 503, title: 'The server is overloaded' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemSlug = keyof typeof problems;

export interface FieldError {
  /** JSON pointer into the body, or the query parameter's name. */
  pointer: string;
  code: string;
  detail: string;
}

export interface ProblemOptions {
  detail?: string;
  errors?: FieldError[];
  /** Further members of the problem document, e.g. `rejected`. */
  extensions?: Record<string, unknown>;
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** Thrown anywhere below an HTTP route; one plugin turns it into `application/problem+json`. */
export class Problem extends Error {
  readonly slug: ProblemSlug;
  readonly options: ProblemOptions;

  constructor(slug: ProblemSlug, options: ProblemOptions = {}) {
    super(options.detail ?? problems[slug].title, { cause: options.cause });
    this.name = 'Problem';
    this.slug = slug;
    this.options = options;
  }

  get status(): number {
    return problems[this.slug].status;
  }
}
