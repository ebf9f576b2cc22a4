import { event, freshId, refused, type Subject, taken } from './bad-input.ts';

const whole = 'a row is stored as it was sent or not at all: nothing is replaced in it';
const nul = (field: string, change: object, pointer: string) =>
  refused(`NUL in ${field}`, event(change as Record<string, unknown>), 'nul_character', pointer, whole);
const lone = (field: string, change: object, pointer: string) =>
  refused(
    `a lone surrogate in ${field}`,
    event(change as Record<string, unknown>),
    'ill_formed_unicode',
    pointer,
    whole,
  );
const id = 'Zoe\u0301';

export const texts: Subject = {
  title: 'Texts',
  cases: [
    nul('an id', { prediction_id: 'a\u0000b' }, '/prediction_id'),
    nul('a category', { features: { origin: 'a\u0000b' } }, '/features/origin'),
    nul('a free text', { features: { remark: 'a\u0000b' } }, '/features/remark'),
    nul('a tag', { tags: { channel: '\u0000' } }, '/tags/channel'),
    nul('a label', { prediction_label: '\u0000' }, '/prediction_label'),
    nul('a version', { model_version: '1\u0000' }, '/model_version'),
    nul('a subject', { subject_id: '\u0000' }, '/subject_id'),
    nul(
      'the text of an embedding',
      { embedding_features: { note: { vector: [1], data: '\u0000' } } },
      '/embedding_features/note/data',
    ),
    lone('an id', { prediction_id: 'a\ud800' }, '/prediction_id'),
    lone('a free text', { features: { remark: '\udc00 text' } }, '/features/remark'),
    lone('a tag', { tags: { channel: '\ud800' } }, '/tags/channel'),
    lone('a group', { group_id: '\ud83d' }, '/group_id'),
    taken(
      'emoji joined by ZWJ',
      event({ prediction_id: `👩‍👩‍👧‍👦${freshId()}`, features: { origin: '👩‍👩‍👧‍👦' } }),
    ),
    taken('right-to-left override', event({ features: { origin: '\u202egnp.exe' } })),
    taken('1,000 combining marks', event({ features: { remark: `a${'\u0301'.repeat(1000)}` } })),
    {
      input: 'ids that look the same: composed and decomposed',
      send: {
        body: {
          events: [
            event({ prediction_id: id.normalize('NFC') }),
            event({ prediction_id: id.normalize('NFD') }),
          ],
        },
      },
      answer: { status: 202, duplicates: 0 },
      events: 2,
      why: 'ids are compared byte by byte',
    },
    refused(
      'a text of 1 MB',
      event({ features: { remark: 'x'.repeat(1_000_000) } }),
      'string_too_long',
      '/features/remark',
    ),
    ...[
      "'); drop table event;--",
      '$' + '{7*7}',
      '{{7*7}}',
      '<script>alert(1)</script>',
      "=cmd|'/c calc'!A1",
      '+1',
      '-1',
      '@x',
      '\tx',
      '\rx',
      '%s%n',
      '../../etc/passwd',
      '|ls',
    ].map((text) =>
      taken(
        `the text \`${JSON.stringify(text).slice(1, -1)}\``,
        event({ features: { origin: text, remark: text }, tags: { channel: text }, subject_id: text }),
      ),
    ),
    taken('SQL as an id', event({ prediction_id: `'); drop table event;-- ${freshId()}` })),
  ],
};
