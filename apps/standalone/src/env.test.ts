import { describe, expect, it } from 'vitest';
import { readOptions } from './env.ts';

describe('readOptions', () => {
  it('listens on loopback and keeps data below the current folder by default', () => {
    expect(readOptions({}, '/somewhere')).toEqual({
      options: {
        HOST: '127.0.0.1',
        PORT: 3000,
        DATA_DIR: '/somewhere/.data',
        WEBHOOK_ALLOW_PRIVATE: false,
        LOG_LEVEL: 'info',
      },
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readOptions({ DATABASE_URL: '', PORT: '' }, '/a')).toMatchObject({ options: { PORT: 3000 } });
  });

  it('names every fault at once', () => {
    const read = readOptions(
      { PORT: 'x', DATABASE_URL: 'mysql://a', WEBHOOK_ALLOW_PRIVATE: 'perhaps' },
      '/a',
    );
    expect(read).toHaveProperty('faults');
    expect('faults' in read && read.faults.map((f) => f.split(':')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'WEBHOOK_ALLOW_PRIVATE',
    ]);
  });

  it('wants admin e-mail and password together', () => {
    expect(readOptions({ PLUMBLINE_ADMIN_EMAIL: 'a@example.org' }, '/a')).toHaveProperty('faults');
  });

  it('reads "false" as false', () => {
    expect(readOptions({ WEBHOOK_ALLOW_PRIVATE: 'false' }, '/a')).toMatchObject({
      options: { WEBHOOK_ALLOW_PRIVATE: false },
    });
  });
});
