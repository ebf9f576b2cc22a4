import { createHash, randomBytes } from 'node:crypto';

const prefixLength = 11;

/** A new API key: `pl_` and 32 random bytes. Only its hash is stored; the prefix is shown to tell keys apart. */
export function generateApiKey(): string {
  return `pl_${randomBytes(32).toString('base64url')}`;
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** The stored form of a key. */
export function keyRecord(key: string): { prefix: string; hash: Buffer } {
  return { prefix: key.slice(0, Math.min(prefixLength, key.length >> 1)), hash: hashToken(key) };
}
