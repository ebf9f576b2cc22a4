import { event, eventText, refused, type Subject, taken } from './bad-input.ts';

const distance = (text: string) => eventText(`"features": {"distance": ${text}}`);
const unsafe = (text: string) =>
  refused(
    `the integer ${text}`,
    distance(text),
    'unsafe_integer',
    '/features/distance',
    'a double would change it silently',
  );
const outOfRange = (text: string) =>
  refused(text, distance(text), 'number_out_of_range', '/features/distance');
const numbersOf = (length: number) => Array.from({ length }, (_, i) => i / length);

export const numbers: Subject = {
  title: 'Numbers',
  cases: [
    outOfRange('1e400'),
    outOfRange('-1e400'),
    ...['"NaN"', '"Infinity"', '"-inf"'].map((text) =>
      refused(`the text ${text} for a number`, distance(text), 'type_mismatch', '/features/distance'),
    ),
    unsafe('9007199254740993'),
    unsafe('-9007199254740993'),
    unsafe('9223372036854775808'),
    unsafe('123456789012345678901234567890'),
    refused(
      'an unsafe integer in a vector',
      eventText('"embedding_features": {"note": {"vector": [1, 9007199254740993]}}'),
      'unsafe_integer',
      '/embedding_features/note/vector/1',
    ),
    refused(
      'an unsafe integer in a tag',
      eventText('"tags": {"customer": 9007199254740993}'),
      'unsafe_integer',
      '/tags/customer',
    ),
    refused(
      'an unsafe integer as an attribution',
      eventText('"shap_values": {"distance": 9007199254740993}'),
      'unsafe_integer',
      '/shap_values/distance',
    ),
    {
      input: 'an unsafe integer in NDJSON',
      send: {
        headers: { 'content-type': 'application/x-ndjson' },
        body: `${JSON.stringify(event())}\n${distance('9007199254740993')}`,
      },
      answer: { status: 202, code: 'unsafe_integer', pointer: '/events/1/features/distance' },
      events: 1,
    },
    {
      input: 'an unsafe integer as an actual',
      send: {
        path: '/v1/models/{regression}/actuals',
        body: '{"actuals": [{"prediction_id": "late", "actual_score": 9007199254740993}, {"prediction_id": "good", "actual_score": 1}]}',
      },
      answer: { status: 202, code: 'unsafe_integer', pointer: '/actuals/0/actual_score' },
      actuals: 1,
    },
    taken('the integer 9007199254740992', distance('9007199254740992'), 'a double holds it as it is written'),
    taken('1e20 as some serializers write it: 100000000000000000000', distance('100000000000000000000')),
    taken('a float beyond 2^53: 1.2345678901234567e19', distance('1.2345678901234567e19')),
    taken('-0', distance('-0'), 'stored as 0'),
    taken('1e-400', distance('1e-400'), 'stored as 0'),
    taken('0.30000000000000004', distance('0.30000000000000004'), 'comes back bit by bit'),
    refused(
      'a probability of -0.1',
      event({ prediction_score: -0.1 }),
      'bad_probability',
      '/prediction_score',
    ),
    refused(
      'a probability of 1.0000001',
      event({ prediction_score: 1.0000001 }),
      'bad_probability',
      '/prediction_score',
    ),
    refused(
      'probabilities that add up to 1.2',
      event({ prediction_scores: { late: 0.7, early: 0.5 } }),
      'bad_probability',
      '/prediction_scores',
      'a sum below 1 is fine: not every class need be posted',
    ),
    refused(
      '10,000 classes',
      event({ prediction_scores: Object.fromEntries(numbersOf(10_000).map((_, i) => [`c${i}`, 0])) }),
      'too_long',
      '/prediction_scores',
    ),
    refused(
      'a vector of 20,001 numbers',
      event({ embedding_features: { note: { vector: numbersOf(20_001).map(() => 1) } } }),
      'too_long',
      '/embedding_features/note/vector',
    ),
    refused(
      'a vector with a null',
      event({ embedding_features: { note: { vector: [1, null] } } }),
      'type_mismatch',
      '/embedding_features/note/vector/1',
    ),
    refused(
      'a number of 100,000 digits',
      distance('9'.repeat(100_000)),
      'number_out_of_range',
      '/features/distance',
    ),
  ],
};
