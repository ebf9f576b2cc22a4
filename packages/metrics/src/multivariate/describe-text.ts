/** Properties of a text as numbers; NaN where a text has none. */
export const textDescriptors = [
  'characters',
  'words',
  'sentences',
  'non_letter_share',
  'mean_word_length',
  'unseen_word_share',
] as const;
export type TextDescriptor = (typeof textDescriptors)[number];

/** Words in lower case: runs of letters, digits and apostrophes. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];

/**
 * Describes one text. Characters are code points. Sentences end with `.`, `!`, `?` or the text. Non-letters are neither
 * letters nor white space, as a share of the characters. Unseen words are those not in `vocabulary`, as a share of the words.
 */
export function describeText(text: string, vocabulary: ReadonlySet<string>): Record<TextDescriptor, number> {
  const characters = [...text];
  const words = wordsOf(text);
  const letters = characters.filter((character) => /[\p{L}\s]/u.test(character)).length;
  const share = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole);
  return {
    characters: characters.length,
    words: words.length,
    sentences: text.split(/[.!?]+(?:\s|$)/u).filter((sentence) => sentence.trim() !== '').length,
    non_letter_share: share(characters.length - letters, characters.length),
    mean_word_length: share(
      words.reduce((sum, word) => sum + [...word].length, 0),
      words.length,
    ),
    unseen_word_share: share(words.filter((word) => !vocabulary.has(word)).length, words.length),
  };
}
