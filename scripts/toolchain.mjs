// What `npm start`, `npm run demo`, `npm test` and `npm run bench` share: with nothing but Node and a registry,
// get pnpm, install, generate and build, each only when its inputs changed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cache = path.join(root, '.cache');
const minimumNode = [20, 19];

/** @param {string} message */
export function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = minimumNode;
  if (major < needMajor || (major === needMajor && minor < needMinor)) {
    fail(`Plumbline needs Node ${minimumNode.join('.')} or newer; this is ${process.versions.node}.`);
  }
}

/**
 * Runs a command; quiet steps keep their output for the case of failure and say how long they take.
 * @param {string} label @param {string} command @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options] @returns {Promise<void>}
 */
export function run(label, command, args, { quiet = true, env = {} } = {}) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  if (quiet) process.stdout.write(`  ${label} …`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    const tick = quiet
      ? setInterval(() => process.stdout.write(seconds() % 10 === 0 ? ` ${seconds()} s` : '.'), 2000)
      : undefined;
    child.once('error', (error) => {
      clearInterval(tick);
      reject(error);
    });
    child.once('exit', (code, signal) => {
      clearInterval(tick);
      if (quiet) process.stdout.write(code === 0 ? ` done (${seconds()} s)\n` : ' failed\n');
      if (code === 0) return resolve();
      reject(
        new Error(`${label} failed (${signal ?? `code ${code}`})${output ? `\n${output.slice(-6000)}` : ''}`),
      );
    });
  });
}

/** @param {string} name @param {string} value @param {() => Promise<void>} work */
async function once(name, value, work) {
  const file = path.join(cache, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === value) return;
  rmSync(file, { force: true });
  await work();
  mkdirSync(cache, { recursive: true });
  writeFileSync(file, value);
}

/** @param {string[]} entries files or folders below the root @returns {string} */
function fingerprint(entries) {
  const hash = createHash('sha256').update(process.version);
  const skipped = new Set(['node_modules', 'dist', 'dist-types', 'generated', '.data']);
  /** @param {string} at */
  const visit = (at) => {
    const full = path.join(root, at);
    if (!existsSync(full)) return;
    const names = readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of names) {
      if (skipped.has(entry.name)) continue;
      const child = path.join(at, entry.name);
      if (entry.isDirectory()) visit(child);
      else if (entry.isFile()) hash.update(child).update(readFileSync(path.join(root, child)));
    }
  };
  for (const entry of entries) {
    const full = path.join(root, entry);
    if (!existsSync(full)) continue;
    if (entry.includes('.')) hash.update(entry).update(readFileSync(full));
    else visit(entry);
  }
  return hash.digest('hex');
}

const packageManager = 'pnpm@12.21.0';
const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';

/** @typedef {'app' | 'demo' | 'all'} Scope */

/**
 * Installs what a scope needs: `app` = apps and packages, `demo` = with the example's data, `all` = with test tools.
 * @param {Scope} scope
 */
export async function install(scope) {
  const filters = {
    app: ['./apps/**', './packages/**'],
    demo: ['./apps/**', './packages/**', './examples/**'],
    all: [],
  }[scope];
  const inputs = fingerprint(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']);
  const wider = { app: ['demo', 'all'], demo: ['all'], all: [] }[scope];
  for (const name of wider) {
    const file = path.join(cache, `install-${name}`);
    if (
      existsSync(file) &&
      readFileSync(file, 'utf8') === inputs &&
      existsSync(path.join(root, 'node_modules'))
    )
      return;
  }
  if (!existsSync(path.join(root, 'node_modules'))) rmSync(cache, { recursive: true, force: true });
  const args = [
    '--yes',
    packageManager,
    'install',
    '--frozen-lockfile',
    '--prefer-offline',
    // The age of a release is judged when the lockfile is made. Judging it again here reads the history of every
    // package, 80 s of a first start, and adds nothing to the lockfile's hashes.
    '--config.minimumReleaseAge=0',
    ...filters.flatMap((f) => ['--filter', f]),
  ];
  if (filters.length > 0) args.push('--filter', '.');
  await once(`install-${scope}`, inputs, () =>
    run('Getting the libraries (first start only)', npx, args, {
      env: { CI: 'true', npm_config_update_notifier: 'false' },
    }),
  );
}

const compiled = {
  app: { targets: ['apps/standalone'], inputs: ['apps', 'packages', 'prisma'] },
  demo: {
    targets: ['apps/standalone', 'examples/flight-delay'],
    inputs: ['apps', 'packages', 'prisma', 'examples'],
  },
  all: { targets: ['.'], inputs: ['apps', 'packages', 'prisma', 'examples', 'bench', 'e2e'] },
};

/**
 * Generates the database client, compiles and builds the web app, each only when its inputs changed.
 * @param {Scope} scope
 */
export async function build(scope) {
  const node = process.execPath;
  const at = (/** @type {string} */ file) => path.join(root, file);
  const settings = ['tsconfig.json', 'tsconfig.base.json', 'pnpm-lock.yaml'];
  await once('generated', fingerprint(['prisma', 'pnpm-lock.yaml']), () =>
    run('Generating the database client', node, [at('packages/db/scripts/generate.mjs')]),
  );
  const { targets, inputs } = compiled[scope];
  await once(`compiled-${scope}`, fingerprint([...inputs, ...settings]), () =>
    run('Compiling', node, [at('node_modules/typescript/bin/tsc'), '-b', ...targets]),
  );
  await once(
    'dashboard',
    fingerprint(['apps/web', 'packages/contracts', 'packages/stats', ...settings]),
    () =>
      run('Building the dashboard', node, [
        at('apps/web/node_modules/vite/bin/vite.js'),
        'build',
        at('apps/web'),
      ]),
  );
}

/** @param {Scope} scope */
export async function prepare(scope) {
  checkNode();
  try {
    await install(scope);
    await build(scope);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}
