const newline = 0x0a;
const quote = 0x22;

/**
 * The beginning of a text up to its last record that ends in it: a line break inside quotes ends none. Where no record
 * ends, all of it.
 */
export function wholeRecords(bytes: Uint8Array, hasQuotes: boolean): Uint8Array {
  let isQuoted = false;
  let end = 0;
  for (const [i, byte] of bytes.entries()) {
    if (hasQuotes && byte === quote) isQuoted = !isQuoted;
    else if (byte === newline && !isQuoted) end = i + 1;
  }
  return end === 0 ? bytes : bytes.subarray(0, end);
}
