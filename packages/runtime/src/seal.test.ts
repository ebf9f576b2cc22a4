import { expect, test } from 'vitest';
import { seal, unseal } from './seal.ts';

const secret = 'a-secret-of-this-installation-000';

test.each(['', 'whsec_c2VjcmV0', 'Grüße 🚲'])('unseal gives back %j', (text) => {
  expect(unseal(secret, seal(secret, text))).toBe(text);
});

test('sealing twice gives different texts that do not show the plain one', () => {
  expect(seal(secret, 'whsec_x')).not.toBe(seal(secret, 'whsec_x'));
  expect(seal(secret, 'whsec_x')).not.toContain('whsec_x');
});

test('another secret, a changed byte or plain text is refused', () => {
  const sealed = seal(secret, 'whsec_x');
  expect(() => unseal('another-secret-of-an-installation', sealed)).toThrow('another secret');
  const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  expect(() => unseal(secret, changed)).toThrow('another secret');
  expect(() => unseal(secret, 'whsec_x')).toThrow('not a sealed text');
});
