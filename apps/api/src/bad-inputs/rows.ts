import { event, eventText, freshId, refused, type Subject, taken } from './bad-input.ts';

const features = (values: unknown) => event({ features: values });
const written = (text: string) => eventText(`"features": ${text}`);
const named = (name: string) => written(`{${JSON.stringify(name)}: 1}`);
const forbidden = '/features';

export const rows: Subject = {
  title: 'Rows, fields and names',
  cases: [
    refused(
      '1,001 features',
      features(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, 1]))),
      'too_many_features',
      '/features',
    ),
    refused(
      '60,000 features',
      features(Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`f${i}`, 1]))),
      'too_many_features',
      '/features',
    ),
    refused('a feature without a name', named(''), 'bad_feature_name', '/features'),
    refused('a feature name of 257 characters', named('x'.repeat(257)), 'bad_feature_name', '/features'),
    refused('a feature name of 3,000 bytes', named('é'.repeat(1500)), 'bad_feature_name', '/features'),
    refused('a control character in a feature name', named('a\u0007'), 'bad_feature_name', '/features'),
    refused('NUL in a feature name', named('a\u0000b'), 'bad_feature_name', '/features'),
    refused('a lone surrogate in a feature name', named('a\ud800'), 'ill_formed_unicode', '/features'),
    refused('a feature name that begins with `$`', named('$where'), 'bad_feature_name', '/features'),
    refused(
      '`__proto__` as a feature',
      written('{"__proto__": {"polluted": 1}}'),
      'forbidden_key',
      forbidden,
    ),
    refused('`__proto__` as a field', eventText('"__proto__": {"polluted": 1}'), 'forbidden_key'),
    refused('`__proto__` as a tag', eventText('"tags": {"__proto__": "x"}'), 'forbidden_key', '/tags'),
    refused(
      '`__proto__` as a class',
      eventText('"prediction_scores": {"__proto__": 0.5}'),
      'forbidden_key',
      '/prediction_scores',
    ),
    refused(
      '`__proto__` as an embedding',
      eventText('"embedding_features": {"__proto__": {"vector": [1], "polluted": 1}}'),
      'forbidden_key',
      '/embedding_features',
    ),
    refused(
      '`constructor.prototype` as a field',
      eventText('"constructor": {"prototype": {"polluted": 1}}'),
      'unknown_field',
      '/constructor',
    ),
    refused(
      '`constructor.prototype` nested in a feature',
      written('{"constructor": {"prototype": {"polluted": 1}}}'),
      'type_mismatch',
      '/features/constructor',
    ),
    ...['__proto__.polluted', 'a[__proto__][polluted]', 'constructor.prototype.polluted'].map((name) =>
      taken(`\`${name}\` as a feature`, named(name), 'a name is never taken apart'),
    ),
    ...['toString', 'hasOwnProperty', 'valueOf', 'then', 'toJSON', 'constructor'].map((name) =>
      taken(`\`${name}\` as a feature`, named(name)),
    ),
    refused('an unknown field', event({ prediction_scroe: 1 }), 'unknown_field', '/prediction_scroe'),
    refused(
      'the id twice',
      `{"prediction_id": "${freshId()}", ${JSON.stringify(event()).slice(1)}`,
      'duplicate_key',
      '/prediction_id',
      'which of the two was meant cannot be known; the other rows are good',
    ),
    refused(
      'the time twice',
      eventText('"prediction_timestamp": "2026-01-06T00:00:00Z"'),
      'duplicate_key',
      '/prediction_timestamp',
    ),
    taken(
      'another field twice',
      eventText('"rank": 1, "rank": 2'),
      'the last one counts, as JSON parsers have it',
    ),
    taken('a feature named `prediction_id`', features({ prediction_id: 'x' })),
    ...(
      [
        ['text', '12'],
        ['true', true],
        ['an empty text', ''],
        ['a list', [1]],
        ['an object', {}],
      ] as const
    ).map(([name, value]) =>
      refused(`${name} for a number`, features({ distance: value }), 'type_mismatch', '/features/distance'),
    ),
    taken('null for a number', features({ distance: null }), 'null is a missing value'),
    refused('a number for a text', features({ origin: 1 }), 'type_mismatch', '/features/origin'),
    refused('1 for a boolean', features({ weekend: 1 }), 'type_mismatch', '/features/weekend'),
    refused('features in a list', features([1]), 'type_mismatch', '/features'),
    refused('an id that is a number', event({ prediction_id: 123 }), 'type_mismatch', '/prediction_id'),
    refused('null as the id', event({ prediction_id: null }), 'type_mismatch', '/prediction_id'),
    refused('no id', { prediction_timestamp: 1_767_600_000 }, 'missing_field', '/prediction_id'),
    refused('an empty id', event({ prediction_id: '' }), 'bad_id', '/prediction_id'),
    refused('an id of spaces', event({ prediction_id: '   ' }), 'bad_id', '/prediction_id'),
    refused('an id of 129 characters', event({ prediction_id: 'x'.repeat(129) }), 'bad_id', '/prediction_id'),
    taken('an id of 128 emoji units', event({ prediction_id: `${'😀'.repeat(63)}${freshId().slice(-2)}` })),
    refused(
      'an environment that does not exist',
      event({ environment: 'staging' }),
      'bad_environment',
      '/environment',
    ),
    refused('a version that is a number', event({ model_version: 3 }), 'type_mismatch', '/model_version'),
    refused('an empty version', event({ model_version: '' }), 'bad_version', '/model_version'),
    refused('rank 0', event({ rank: 0 }), 'bad_rank', '/rank'),
    refused('rank 1.5', event({ rank: 1.5 }), 'bad_rank', '/rank'),
    refused('a label that is a number', event({ prediction_label: 1 }), 'type_mismatch', '/prediction_label'),
    refused('an actual score for a classifier', event({ actual_score: 1 }), 'type_mismatch', '/actual_score'),
  ],
};
