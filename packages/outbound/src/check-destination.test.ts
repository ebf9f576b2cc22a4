import { expect, test } from 'vitest';
import { checkDestination } from './check-destination.ts';

const names: Record<string, string[]> = {
  'public.example': ['93.184.215.14', '2606:4700::1111'],
  'mixed.example': ['93.184.215.14', '10.0.0.7'],
  'inside.example': ['fd00::1'],
};
const lookup = async (host: string) => {
  const addresses = names[host];
  if (!addresses) throw new Error('ENOTFOUND');
  return addresses;
};

test.each([
  'http://127.0.0.1/hook',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://127.1/',
  'http://%31%32%37.0.0.1/',
  'http://127.0.0.1\\@public.example/',
  'http://127.0.0.1./',
  'http://0.0.0.0/',
  'http://10.1.2.3/',
  'http://172.16.0.1/',
  'http://192.168.1.1/',
  'http://169.254.169.254/latest/meta-data',
  'http://100.64.0.1/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::7f00:1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b:1::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[fe80::1]/',
  'http://[fc00::1]/',
  'http://[5f00::1]/',
  'http://localhost/',
  'http://localhost./',
  'http://LOCALHOST:9000/',
  'http://api.localhost/',
  'http://mixed.example/',
  'https://inside.example./',
  'ftp://public.example/',
  'file:///etc/passwd',
  'not a url',
])('%s is blocked', async (url) => {
  expect(await checkDestination(url, { allowPrivate: false, lookup })).toBe('blocked');
});

test.each([
  'https://public.example/hook',
  'https://public.example.:8443/hook',
  'http://93.184.215.14/',
  'http://[2606:4700::1111]/',
  'https://does-not-resolve.example/',
])('%s is ok', async (url) => {
  expect(await checkDestination(url, { allowPrivate: false, lookup })).toBe('ok');
});

test('with private targets allowed only the protocol counts', async () => {
  expect(await checkDestination('http://127.0.0.1:9/', { allowPrivate: true })).toBe('ok');
  expect(await checkDestination('gopher://127.0.0.1/', { allowPrivate: true })).toBe('blocked');
});
