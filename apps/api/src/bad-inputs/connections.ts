import { problem, type Subject } from './bad-input.ts';

const head = 'POST /v1/models/{model}/events HTTP/1.1\r\n';
const host = 'Host: localhost\r\n';
const auth = 'Authorization: Bearer {key}\r\nContent-Type: application/json\r\n';
const body = '{"events":[1]}';
const socket = (text: string) => ({ socket: text });
const malformed = (input: string, text: string) =>
  problem(input, socket(text), 400, 'malformed-request', { closes: true });

export const connections: Subject = {
  title: 'Requests that are no HTTP',
  cases: [
    malformed(
      'Content-Length beside Transfer-Encoding',
      `${head}${host}${auth}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ),
    malformed(
      'two Content-Lengths',
      `${head}${host}${auth}Content-Length: 14\r\nContent-Length: 15\r\n\r\n${body}`,
    ),
    malformed('Content-Length -1', `${head}${host}${auth}Content-Length: -1\r\n\r\n${body}`),
    malformed(
      'Content-Length beyond 2^64',
      `${head}${host}${auth}Content-Length: 99999999999999999999999\r\n\r\n${body}`,
    ),
    malformed(
      'a Transfer-Encoding nobody knows',
      `${head}${host}${auth}Transfer-Encoding: gzip, x\r\n\r\n${body}`,
    ),
    malformed(
      'a chunk size that is no number',
      `${head}${host}${auth}Transfer-Encoding: chunked\r\n\r\nzz\r\n${body}\r\n0\r\n\r\n`,
    ),
    malformed(
      'lines that end in LF alone',
      `${head}${host}${auth}Content-Length: 14\r\n\r\n${body}`.replaceAll('\r\n', '\n'),
    ),
    malformed('a space before the colon of a header', `${head}${host}Authorization : Bearer {key}\r\n\r\n`),
    malformed(
      'a header that goes on in the next line',
      `${head}${host}X-Folded: a\r\n b\r\nContent-Length: 0\r\n\r\n`,
    ),
    malformed('NUL in a header', `${head}${host}X-Nul: a\u0000b\r\n\r\n`),
    malformed(
      'TLS spoken to a plain port',
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
    ),
    malformed('a version of HTTP that does not exist', 'GET / HTTP/9.9\r\n\r\n'),
    malformed('no Host', 'GET /healthz HTTP/1.1\r\n\r\n'),
    problem(
      'headers of 20 KB',
      socket(`${head}${host}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
      431,
      'headers-too-large',
      { closes: true },
    ),
    problem(
      'a path of 20 KB',
      socket(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`),
      431,
      'headers-too-large',
      { closes: true },
    ),
    problem(
      '`Expect: 100-continue`',
      socket(
        `${head}${host}${auth}Expect: 100-continue\r\nConnection: close\r\nContent-Length: 14\r\n\r\n${body}`,
      ),
      422,
      'all-items-rejected',
      { closes: true, why: 'it is let go on, and its rows are judged' },
    ),
    {
      input: 'another expectation',
      send: socket(
        `${head}${host}${auth}Expect: a miracle\r\nConnection: close\r\nContent-Length: 14\r\n\r\n${body}`,
      ),
      answer: { status: 417, isBare: true, closes: true },
    },
    {
      input: 'an upgrade to WebSocket',
      send: socket(
        `GET /healthz HTTP/1.1\r\n${host}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
      ),
      answer: { status: 200 },
      why: 'it is answered as if it had not asked',
    },
  ],
};
