import { gzipSync } from 'node:zlib';
import {
  type BadInput,
  event,
  eventText,
  freshId,
  problem,
  refused,
  type Subject,
  taken,
} from './bad-input.ts';

const good = () => JSON.stringify({ events: [event()] });
const typed = (type: string, body: string | Buffer = good()) => ({
  headers: { 'content-type': type },
  body,
});
const encoded = (encoding: string, body: Buffer | string = gzipSync(good())) => ({
  headers: { 'content-encoding': encoding },
  body,
});
const stored = (input: string, send: BadInput['send'], why?: string): BadInput => ({
  input,
  send,
  answer: { status: 202 },
  events: 1,
  ...(why === undefined ? {} : { why }),
});
const malformed = (input: string, body: string) => problem(input, { body }, 400, 'malformed-json');
const invalid = (input: string, body: string, code: string, pointer: string) =>
  problem(input, { body }, 422, 'validation-failed', { code, pointer });
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const many = (rows: number) =>
  JSON.stringify({ events: Array.from({ length: rows }, () => ({ prediction_id: 'many' })) });

export const bodies: Subject = {
  title: 'Bodies',
  cases: [
    malformed('an empty body', ''),
    malformed('`{`', '{'),
    malformed('a trailing comma', '{"events": [],}'),
    malformed('a comment', '{"events": [] /* none */}'),
    malformed('the literal `NaN`', `{"events": [${eventText('"prediction_score": NaN')}]}`),
    malformed('two documents in one body', '{"events": []} {"events": []}'),
    ...['null', '[]', '"x"', '1'].map((body) =>
      invalid(`\`${body}\` as the body`, body, 'type_mismatch', ''),
    ),
    invalid('no list of events', '{}', 'type_mismatch', '/events'),
    invalid('an empty list', '{"events": []}', 'batch_empty', '/events'),
    invalid('10,001 rows', many(10_001), 'batch_too_large', '/events'),
    invalid('an unknown field of the envelope', '{"events": [], "colour": 1}', 'unknown_field', '/colour'),
    invalid(
      '`__proto__` in the envelope',
      '{"events": [], "__proto__": {"polluted": 1}}',
      'unknown_field',
      '/__proto__',
    ),
    invalid(
      'a field of the envelope twice',
      `{"events": [${JSON.stringify(event())}], "events": [${JSON.stringify(event())}]}`,
      'duplicate_key',
      '/events',
    ),
    invalid(
      'an environment that does not exist',
      '{"events": [1], "environment": "staging"}',
      'bad_environment',
      '/environment',
    ),
    problem('more than 10 MB', { body: Buffer.alloc(10 * 1024 * 1024 + 1, ' ') }, 413, 'payload-too-large', {
      why: 'up to 64 MiB are read away first: many clients read no answer before they have written all',
    }),
    refused(
      'an event of more than 256 KiB',
      event({
        tags: {
          t: 'x'.repeat(30_000),
          ...Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`t${i}`, 'x'.repeat(30_000)])),
        },
      }),
      'event_too_large',
    ),
    refused('a row that is no object', 17, 'type_mismatch'),
    problem('lists 100,000 deep', { body: `{"events": ${nested(100_000)}}` }, 422, 'all-items-rejected', {
      code: 'type_mismatch',
      pointer: '/events/0',
    }),
    refused(
      'a feature 33 levels deep',
      eventText(`"features": {"deep": ${nested(33)}}`),
      'type_mismatch',
      '/features/deep/0',
      'a value is a scalar or a list of numbers: no depth is allowed, so none needs a limit',
    ),
    refused(
      'a feature 100,000 levels deep',
      eventText(`"features": {"deep": ${nested(100_000)}}`),
      'type_mismatch',
      '/features/deep/0',
    ),
    refused(
      'objects 100,000 deep in an unknown field',
      eventText(`"deeper": ${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
      'unknown_field',
      '/deeper',
    ),
    stored('a UTF-8 byte order mark', { body: `\ufeff${good()}` }),
    problem(
      'UTF-16',
      typed('application/json; charset=utf-16', Buffer.from(good(), 'utf16le')),
      415,
      'unsupported-charset',
    ),
    problem(
      'UTF-16 that says nothing of it',
      { body: Buffer.from(`\ufeff${good()}`, 'utf16le') },
      400,
      'invalid-utf8',
    ),
    problem('Latin-1', typed('application/json; charset=latin1'), 415, 'unsupported-charset'),
    problem(
      'bytes that are not UTF-8',
      { body: Buffer.concat([Buffer.from('{"events": ["'), Buffer.from([0xff, 0xfe]), Buffer.from('"]}')]) },
      400,
      'invalid-utf8',
    ),
    ...[
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonx',
      '*/*',
      'json',
    ].map((type) => problem(`content type \`${type}\``, typed(type), 415, 'unsupported-media-type')),
    problem('no content type', typed(''), 415, 'unsupported-media-type'),
    stored('`application/json; charset=UTF-8`', typed('application/json; charset=UTF-8')),
    stored('`APPLICATION/JSON`', typed('APPLICATION/JSON')),
    stored(
      'content type `application/json\\t;x`',
      typed('application/json\t;x'),
      'it names JSON; every row is checked as always',
    ),
    stored('gzip', encoded('gzip')),
    problem(
      'gzip that inflates to 200 MiB',
      encoded('gzip', gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '))),
      413,
      'payload-too-large',
    ),
    problem('gzip inside gzip', encoded('gzip', gzipSync(gzipSync(good()))), 400, 'invalid-utf8', {
      why: 'what is inflated once is bytes, not text',
    }),
    problem(
      '`Content-Encoding: gzip, gzip`',
      encoded('gzip, gzip', gzipSync(gzipSync(good()))),
      415,
      'unsupported-encoding',
    ),
    problem('half a gzip', encoded('gzip', gzipSync(good()).subarray(0, 40)), 400, 'bad-encoding'),
    problem(
      'bytes after the gzip',
      encoded('gzip', Buffer.concat([gzipSync(good()), Buffer.from('trailing')])),
      400,
      'bad-encoding',
    ),
    problem('plain JSON labelled gzip', encoded('gzip', good()), 400, 'bad-encoding'),
    problem('`Content-Encoding: br`', encoded('br'), 415, 'unsupported-encoding'),
    problem('`Content-Encoding: x-foo`', encoded('x-foo'), 415, 'unsupported-encoding'),
    problem(
      'NDJSON without a row',
      { ...typed('application/x-ndjson', '\n \n'), path: '/v1/models/{model}/events' },
      422,
      'validation-failed',
      { code: 'batch_empty', pointer: '' },
    ),
    {
      input: 'NDJSON with a line that is not JSON',
      send: typed('application/x-ndjson', `{"a": \n${JSON.stringify(event())}`),
      answer: { status: 202, code: 'malformed_json', pointer: '/events/0' },
      events: 1,
    },
    {
      input: 'NDJSON with a line that is not UTF-8',
      send: typed(
        'application/x-ndjson',
        Buffer.concat([Buffer.from([0x22, 0xff, 0x22, 0x0a]), Buffer.from(JSON.stringify(event()))]),
      ),
      answer: { status: 202, code: 'invalid_utf8', pointer: '/events/0' },
      events: 1,
    },
    {
      input: 'NDJSON with a line of more than 1 MiB',
      send: typed('application/x-ndjson', `"${'x'.repeat(1_100_000)}"\n${JSON.stringify(event())}`),
      answer: { status: 202, code: 'event_too_large', pointer: '/events/0' },
      events: 1,
    },
    taken(
      'an unknown field twice over in a string',
      event({ tags: { t: '"prediction_id": "prediction_id"' } }),
    ),
    {
      input: 'a key of a row twice in NDJSON',
      send: typed(
        'application/x-ndjson',
        `${JSON.stringify(event()).replace('{', `{"prediction_id": "${freshId()}", `)}\n${JSON.stringify(event())}`,
      ),
      answer: { status: 202, code: 'duplicate_key', pointer: '/events/0/prediction_id' },
      events: 1,
    },
  ],
};
