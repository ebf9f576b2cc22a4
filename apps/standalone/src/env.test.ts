import { EnvError } from '@plumbline/runtime';
import { describe, expect, it } from 'vitest';
import { readOptions } from './env.ts';

function faultsOf(source: Record<string, string>): string[] {
  try {
    readOptions(source, '/a');
    return [];
  } catch (error) {
    return error instanceof EnvError ? error.faults : [String(error)];
  }
}

describe('readOptions', () => {
  it('listens on loopback and keeps data below the current folder by default', () => {
    expect(readOptions({}, '/somewhere')).toEqual({
      HOST: '127.0.0.1',
      PORT: 3000,
      DATA_DIR: '/somewhere/.data',
      WEBHOOK_ALLOW_PRIVATE: false,
      LOG_LEVEL: 'info',
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readOptions({ DATABASE_URL: '', PORT: '' }, '/a')).toMatchObject({ PORT: 3000 });
  });

  it('names every fault at once', () => {
    const faults = faultsOf({ PORT: 'x', DATABASE_URL: 'mysql://a', WEBHOOK_ALLOW_PRIVATE: 'perhaps' });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'WEBHOOK_ALLOW_PRIVATE',
    ]);
  });

  it('wants admin e-mail and password together', () => {
    expect(faultsOf({ PLUMBLINE_ADMIN_EMAIL: 'a@example.org' })).toHaveLength(1);
  });

  it('reads "false" as false', () => {
    expect(readOptions({ WEBHOOK_ALLOW_PRIVATE: 'false' }, '/a')).toMatchObject({
      WEBHOOK_ALLOW_PRIVATE: false,
    });
  });
});
