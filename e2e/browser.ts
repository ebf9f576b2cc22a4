import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { childEnvironment, processEnvironment } from './env.ts';
import { findChromium } from './find-chromium.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts headless Chromium with a fresh profile and a fresh home folder, both gone after `close()`.
 * @throws Error when there is no browser or it does not start; tests never go on without one.
 */
export async function launchBrowser(environment = processEnvironment): Promise<Browser> {
  const found = findChromium(environment, path.resolve(import.meta.dirname, '../.cache'));
  const home = mkdtempSync(path.join(tmpdir(), 'plumbline-browser-'));
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    headless: true,
    args: flags,
    env: childEnvironment({ HOME: home, ...found.environment }),
  });
  browser.once('disconnected', () => rmSync(home, { recursive: true, force: true }));
  return browser;
}
