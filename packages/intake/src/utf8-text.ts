import { isUtf8 } from 'node:buffer';

/** The text of UTF-8 bytes without a byte order mark; null when they are not UTF-8. */
export function utf8Text(bytes: Buffer): string | null {
  if (!isUtf8(bytes)) return null;
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString('utf8', marked ? 3 : 0);
}
