import { mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { letPostgresPass } from './let-postgres-pass.ts';

it.runIf(process.getuid?.() === 0)(
  'opens a closed temporary folder of root for passing, not for listing',
  () => {
    const closed = mkdtempSync(path.join(tmpdir(), 'plumbline-closed-'));
    const data = path.join(closed, 'data');
    mkdirSync(data, { mode: 0o700 });
    letPostgresPass(data, import.meta.dirname);
    for (const folder of [closed, data]) expect(statSync(folder).mode & 0o777).toBe(0o701);
  },
);
