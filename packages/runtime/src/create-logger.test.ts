import { expect, test } from 'vitest';
import { createLogger } from './create-logger.ts';

function capture(level: 'info' | 'warn') {
  const lines: string[] = [];
  const logger = createLogger({ name: 'api', level }, { write: (line) => void lines.push(line) });
  return { lines, logger };
}

test('credentials never reach a line', () => {
  const { lines, logger } = capture('info');
  logger.info(
    { req: { headers: { authorization: 'Bearer canary', cookie: 'sid=canary', host: 'h' } } },
    'in',
  );
  logger.info({ headers: { authorization: 'canary' }, password: 'canary', channel: { secret: 'canary' } });
  expect(lines.join('')).not.toContain('canary');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ name: 'api', req: { headers: { host: 'h' } } });
});

test('lines below the level are not written', () => {
  const { lines, logger } = capture('warn');
  logger.info('quiet');
  logger.warn('loud');
  expect(lines).toHaveLength(1);
});
