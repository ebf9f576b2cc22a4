import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { childEnvironment } from './env.ts';

export interface Chromium {
  executablePath: string;
  /** What the browser needs in its environment beside the usual. */
  environment: Record<string, string>;
}

const require = createRequire(import.meta.url);

/**
 * The package unpacks into the temporary folder, and its shared libraries only where it believes to run on AWS; both
 * are decided by environment variables, so it runs in a process of its own.
 */
const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
const unpackEnvironment = (folder: string) =>
  childEnvironment({ TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' });

const fontSettings = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;

function packageVersion(): string {
  const entry = require.resolve('@sparticuz/chromium');
  const manifest = path.join(path.dirname(entry), '../../package.json');
  return String(JSON.parse(readFileSync(manifest, 'utf8')).version);
}

/**
 * Unpacks the browser of the npm package with its libraries and fonts below `cacheDirectory`, once per version; safe
 * when several processes do it at the same time.
 */
export function unpackChromium(cacheDirectory: string): Chromium {
  const folder = path.join(cacheDirectory, `chromium-${packageVersion()}`);
  if (!existsSync(folder)) {
    mkdirSync(cacheDirectory, { recursive: true });
    const fresh = mkdtempSync(path.join(cacheDirectory, 'unpacking-'));
    try {
      execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
        cwd: import.meta.dirname,
        env: unpackEnvironment(fresh),
        timeout: 120_000,
        stdio: 'pipe',
      });
      writeFileSync(path.join(fresh, 'fonts.conf'), fontSettings(folder));
      for (const entry of ['.', 'chromium']) chmodSync(path.join(fresh, entry), 0o755);
      renameSync(fresh, folder);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return {
    executablePath: path.join(folder, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
  };
}
