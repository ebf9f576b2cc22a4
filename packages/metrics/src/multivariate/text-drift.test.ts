import { describe, expect, it, test } from 'vitest';
import { randomNumbers } from '../random-fixture.ts';
import { describeText } from './describe-text.ts';
import { textDrift } from './text-drift.ts';

test.each([
  [
    'Late again. Why?',
    { characters: 16, words: 3, sentences: 2, non_letter_share: 2 / 16, mean_word_length: 4 },
  ],
  ['don’t 42', { characters: 8, words: 2, sentences: 1, non_letter_share: 3 / 8, mean_word_length: 3.5 }],
  ['Zürich 😀', { characters: 8, words: 1, sentences: 1, non_letter_share: 1 / 8, mean_word_length: 6 }],
  ['3.14 is pi', { words: 4, sentences: 1 }],
  ['', { characters: 0, words: 0, sentences: 0, non_letter_share: Number.NaN, mean_word_length: Number.NaN }],
])('%j is described by its characters, words and sentences', (text, expected) => {
  expect(describeText(text, new Set())).toMatchObject(expected);
});

test('unseen words are counted whatever their case', () => {
  const vocabulary = new Set(['late', 'again']);
  expect(describeText('LATE again, sorry', vocabulary).unseen_word_share).toBeCloseTo(1 / 3, 12);
  expect(describeText('!', vocabulary).unseen_word_share).toBeNaN();
});

const words = ['gate', 'delay', 'on', 'time', 'weather', 'crew', 'late', 'boarding', 'a', 'storm'];
function texts(rows: number, seed: number, more: readonly string[] = []): string[] {
  const { uniform } = randomNumbers(seed);
  const known = [...words, ...more];
  const pick = () => known[Math.floor(uniform() * known.length)] ?? '';
  return Array.from({ length: rows }, () =>
    Array.from({ length: 3 + Math.floor(uniform() * 8) }, pick)
      .join(' ')
      .concat('.'),
  );
}
const named = (drift: ReturnType<typeof textDrift>) =>
  drift.descriptors.filter(({ drifted }) => drifted).map(({ descriptor }) => descriptor);

describe('drift of texts', () => {
  it('is not found among texts alike, in thirty draws, though half of the words are rare', () => {
    const rare = Array.from({ length: 300 }, (_, i) => `word${i}`);
    const alarms = Array.from({ length: 30 }, (_, seed) =>
      textDrift('remark', texts(300, 100 + seed, rare), texts(200, 200 + seed, rare)),
    ).filter(({ drifted }) => drifted);
    expect(alarms.length).toBeLessThanOrEqual(4);
  });

  it('names the descriptors that changed', () => {
    const found = textDrift('remark', texts(300, 1), texts(300, 2, ['turbulence', 'overbooked']));
    expect(found).toMatchObject({ column: 'remark', n: 300, n_reference: 300, status: 'ok', drifted: true });
    expect(named(found)).toContain('mean_word_length');
    const shouted = textDrift(
      'remark',
      texts(300, 1),
      texts(300, 2).map((text) => `${text}!!!!!`),
    );
    expect(named(shouted)).toContain('non_letter_share');
    expect(named(shouted)).not.toContain('words');
  });

  it('of unseen words is told from the unseen words of the reference itself', () => {
    const unseen = (drift: ReturnType<typeof textDrift>) =>
      drift.descriptors.find(({ descriptor }) => descriptor === 'unseen_word_share');
    const rare = Array.from({ length: 300 }, (_, i) => `word${i}`);
    const found = textDrift(
      'remark',
      texts(300, 1, rare),
      texts(
        300,
        2,
        rare.map((word) => `x${word}`),
      ),
    );
    expect(unseen(found)).toMatchObject({ status: 'ok', drifted: true });
    expect(unseen(found)?.mean_reference).toBeGreaterThan(0);
  });

  it('a descriptor that does not vary in the reference has no scale', () => {
    const same = Array.from({ length: 200 }, () => 'on time');
    const found = textDrift('remark', same, same);
    expect(new Set(found.descriptors.map(({ status }) => status))).toEqual(new Set(['constant']));
    expect(found.drifted).toBe(false);
  });

  it.each([
    ['empty', [null, null]],
    ['insufficient_data', texts(99, 3)],
  ])('answers %s without a value or an alarm', (status, current) => {
    expect(textDrift('remark', texts(200, 1), current)).toMatchObject({
      status,
      drifted: false,
      descriptors: [],
    });
  });
});
