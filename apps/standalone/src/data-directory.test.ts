import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataDirectory } from './data-directory.ts';
import { StartupFailure } from './startup-failure.ts';

const fresh = () => path.join(mkdtempSync(path.join(tmpdir(), 'plumbline-data-')), 'deep', 'data');

describe('openDataDirectory', () => {
  it('makes a missing folder and secrets that only the owner reads, and finds them again', () => {
    const at = fresh();
    const first = openDataDirectory(at);
    first.release();
    const second = openDataDirectory(at);
    expect(second.secrets).toEqual(first.secrets);
    expect(new Set(Object.values(first.secrets)).size).toBe(Object.keys(first.secrets).length);
    expect(statSync(path.join(at, 'secrets.json')).mode & 0o777).toBe(0o600);
    second.release();
  });

  it('refuses a folder that a living process holds', () => {
    const at = fresh();
    openDataDirectory(at).release();
    writeFileSync(path.join(at, 'plumbline.pid'), String(process.ppid));
    expect(() => openDataDirectory(at)).toThrow(/already runs/);
  });

  it('takes over the lock of a process that is gone', () => {
    const at = fresh();
    openDataDirectory(at).release();
    writeFileSync(path.join(at, 'plumbline.pid'), '2147483000');
    const opened = openDataDirectory(at);
    expect(readFileSync(path.join(at, 'plumbline.pid'), 'utf8')).toBe(String(process.pid));
    opened.release();
  });

  it('says in one sentence that the folder cannot be written', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'plumbline-data-')), 'file');
    writeFileSync(file, '');
    expect(() => openDataDirectory(path.join(file, 'data'))).toThrow(StartupFailure);
    expect(() => openDataDirectory(path.join(file, 'data'))).toThrow(/Set DATA_DIR/);
  });

  it('does not replace damaged secrets: they open the database beside them', () => {
    const at = fresh();
    openDataDirectory(at).release();
    writeFileSync(path.join(at, 'secrets.json'), '{}');
    expect(() => openDataDirectory(at)).toThrow(/damaged/);
  });
});
