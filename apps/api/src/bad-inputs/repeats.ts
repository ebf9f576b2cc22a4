import { at, type BadInput, event, freshId, problem, type Subject } from './bad-input.ts';

const post = (...events: object[]) => ({ body: { events } });
const again = event();
const first = event();
const bordering = freshId();
const keyed = (key: string | string[], ...events: object[]) => ({
  headers: { 'idempotency-key': key },
  body: { events },
});
const remembered = event();
const actual = (body: object, path = '/v1/models/{model}/actuals') => ({ path, body: { actuals: [body] } });
const stored = (input: string, send: BadInput['send'], events: number, duplicates: number): BadInput => ({
  input,
  send,
  answer: { status: 202, duplicates },
  events,
});
const conflict = (input: string, send: BadInput['send'], events = 0): BadInput => ({
  input,
  send,
  answer: {
    status: events > 0 ? 202 : 422,
    ...(events > 0 ? {} : { type: 'all-items-rejected' }),
    code: 'id_conflict',
  },
  events,
});
const badActual = (input: string, body: object, code: string, pointer: string, path?: string) =>
  problem(input, actual(body, path), 422, 'all-items-rejected', { code, pointer: `/actuals/0${pointer}` });
const takenActual = (input: string, body: object, why?: string): BadInput => ({
  input,
  send: actual(body),
  answer: { status: 202 },
  actuals: 1,
  ...(why === undefined ? {} : { why }),
});

export const repeats: Subject = {
  title: 'Repeats, conflicts and actuals',
  cases: [
    stored('an event', post(again), 1, 0),
    stored('the same event again', post(again), 0, 1),
    stored(
      'the same event with its keys in another order',
      post(Object.fromEntries(Object.entries(again).reverse())),
      0,
      1,
    ),
    conflict('the same id with other content', post({ ...again, prediction_score: 0.1 })),
    stored('the same id twice in one batch, equal', post(first, first), 1, 1),
    conflict(
      'the same id twice in one batch, different',
      post(event({ prediction_id: bordering }), event({ prediction_id: bordering, rank: 2 })),
      1,
    ),
    conflict(
      'the same id in another month',
      post(event({ prediction_id: bordering, prediction_timestamp: '2026-02-05T00:00:00Z' })),
    ),
    {
      input: 'the same id in another model',
      send: { path: '/v1/models/{regression}/events', body: { events: [{ ...again }] } },
      answer: { status: 202, duplicates: 0 },
      events: 1,
    },
    stored('an Idempotency-Key', keyed('order 1', remembered), 1, 0),
    {
      input: 'the same key and body',
      send: keyed('order 1', remembered),
      answer: { status: 202, headers: { 'idempotent-replayed': /^true$/ } },
    },
    problem('the same key, another body', keyed('order 1', event()), 422, 'idempotency-key-reuse'),
    problem('an empty Idempotency-Key', keyed('', event()), 400, 'bad-idempotency-key'),
    problem(
      'an Idempotency-Key of 256 characters',
      keyed('k'.repeat(256), event()),
      400,
      'bad-idempotency-key',
    ),
    problem('a tab in the Idempotency-Key', keyed('a\tb', event()), 400, 'bad-idempotency-key'),
    problem('an Idempotency-Key beyond ASCII', keyed('clé', event()), 400, 'bad-idempotency-key'),
    problem(
      'two Idempotency-Keys',
      {
        socket: `POST /v1/models/{model}/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nIdempotency-Key: a\r\nIdempotency-Key: b\r\nConnection: close\r\nContent-Length: 14\r\n\r\n{"events":[1]}`,
      },
      422,
      'all-items-rejected',
      { why: 'joined by a comma, as HTTP has it, they are one key' },
    ),
    takenActual(
      'an actual before its prediction',
      { prediction_id: freshId(), actual_label: 'late' },
      'it is joined when the prediction comes',
    ),
    takenActual('an actual', {
      prediction_id: again.prediction_id,
      actual_label: 'late',
      actual_timestamp: at,
    }),
    {
      input: 'the actual taken back with null',
      send: actual({ prediction_id: again.prediction_id, actual_label: null, actual_timestamp: at }),
      answer: { status: 202 },
      actuals: 1,
      why: 'actuals are a history; the last one counts',
    },
    takenActual(
      'a class the model has not seen',
      { prediction_id: freshId(), actual_label: 'cancelled' },
      'the set of classes is open',
    ),
    badActual('an actual without a value', { prediction_id: 'x' }, 'missing_field', '/actual_label'),
    badActual(
      'a number as the label',
      { prediction_id: 'x', actual_label: 1 },
      'type_mismatch',
      '/actual_label',
    ),
    badActual(
      'a score for a classifier',
      { prediction_id: 'x', actual_score: 1 },
      'type_mismatch',
      '/actual_score',
    ),
    badActual(
      'a label for a regression',
      { prediction_id: 'x', actual_label: 'a' },
      'type_mismatch',
      '/actual_label',
      '/v1/models/{regression}/actuals',
    ),
    badActual(
      'an unknown field',
      { prediction_id: 'x', actual_label: 'a', colour: 1 },
      'unknown_field',
      '/colour',
    ),
    badActual(
      'NUL in a label',
      { prediction_id: 'x', actual_label: '\u0000' },
      'nul_character',
      '/actual_label',
    ),
    problem(
      'an unknown model',
      { path: '/v1/models/none/events', body: { events: [event()] } },
      404,
      'unknown-model',
      { why: 'models are made, never guessed' },
    ),
    problem(
      'an unknown value of `dry_run`',
      { path: '/v1/models/{model}/events?dry_run=perhaps', body: { events: [event()] } },
      422,
      'bad-query',
      { pointer: 'dry_run' },
    ),
  ],
};
