import { readFileSync } from 'node:fs';

/** Parsed content of `fixtures/<name>.fixture.json`; `T` must match what `fixtures/generate.py` writes. */
export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.fixture.json`, import.meta.url), 'utf8'));
}
