import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const prefix = 'v1.';

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'plumbline', 'seal', 32));
}

/**
 * Encrypts text for storage: AES-256-GCM under a key derived from the installation's secret by HKDF-SHA-256.
 * The result is `v1.` + base64url of nonce (12 bytes), tag (16 bytes) and ciphertext; it differs each time.
 */
export function seal(secret: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return prefix + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** The inverse of {@link seal}. @throws when the secret is another one or the text was changed. */
export function unseal(secret: string, sealed: string): string {
  const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url');
  if (!sealed.startsWith(prefix) || bytes.length < 28) throw new Error('This is not a sealed text');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, 12), {
    authTagLength: 16,
  });
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Error('The sealed text was changed or belongs to another secret', { cause });
  }
}
