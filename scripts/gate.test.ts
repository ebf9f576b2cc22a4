import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
let tree: string;

/** A tiny workspace under the repository's own rules. */
beforeAll(() => {
  tree = mkdtempSync(path.join(tmpdir(), 'plumbline-gate-'));
  for (const file of ['biome.json', '.gitignore']) cpSync(path.join(root, file), path.join(tree, file));
  mkdirSync(path.join(tree, 'apps/api/src/features/models'), { recursive: true });
  mkdirSync(path.join(tree, 'apps/api/src/plugins'), { recursive: true });
  mkdirSync(path.join(tree, 'packages/stats/src'), { recursive: true });
  writeFileSync(path.join(tree, 'package.json'), '{ "name": "gate", "type": "module" }\n');
  writeFileSync(path.join(tree, 'apps/api/package.json'), '{ "name": "api", "type": "module" }\n');
  writeFileSync(path.join(tree, 'apps/api/src/features/models/find.ts'), 'export const find = 1;\n');
  writeFileSync(path.join(tree, 'apps/api/src/plugins/auth.ts'), 'export const auth = 1;\n');
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

function check(files: Record<string, string>): { status: number | null; output: string } {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  const run = spawnSync(
    process.execPath,
    [biome, 'lint', '--colors=off', '--max-diagnostics=50', ...Object.keys(files)],
    {
      cwd: tree,
      encoding: 'utf8',
    },
  );
  for (const file of Object.keys(files)) rmSync(path.join(tree, file));
  return { status: run.status, output: run.stdout + run.stderr };
}

const api = 'apps/api/src';
const planted: [rule: string, what: string, files: Record<string, string>][] = [
  [
    'noUndeclaredDependencies',
    'a dependency that package.json does not declare',
    { [`${api}/a.ts`]: "import 'left-pad';\n" },
  ],
  [
    'noRestrictedImports',
    'a path into another package',
    { [`${api}/a.ts`]: "import '../../../packages/stats/src/psi.ts';\n" },
  ],
  [
    'noRestrictedImports',
    'a feature importing a feature',
    { [`${api}/features/events/a.ts`]: "import '../models/find.ts';\n" },
  ],
  [
    'noImportCycles',
    'an import cycle',
    {
      [`${api}/a.ts`]: "import './b.ts';\nexport const a = 1;\n",
      [`${api}/b.ts`]: "import './a.ts';\nexport const b = 1;\n",
    },
  ],
  [
    'noExcessiveLinesPerFile',
    'a file of 301 lines',
    { [`${api}/a.ts`]: Array.from({ length: 301 }, (_, i) => `export const a${i} = ${i};\n`).join('') },
  ],
  [
    'noExcessiveLinesPerFile',
    'a test of 401 lines',
    { [`${api}/a.test.ts`]: Array.from({ length: 401 }, (_, i) => `export const a${i} = ${i};\n`).join('') },
  ],
  [
    'useFilenamingConvention',
    'a file name that is not kebab-case',
    { [`${api}/someFile.ts`]: 'export const a = 1;\n' },
  ],
  ['noProcessEnv', 'process.env outside env.ts', { [`${api}/a.ts`]: 'export const a = process.env.HOME;\n' }],
  [
    'noFloatingPromises',
    'a floating promise',
    { [`${api}/a.ts`]: 'async function a() {}\nexport function b() {\n  a();\n}\n' },
  ],
  ['noExplicitAny', 'any', { [`${api}/a.ts`]: 'export const a: any = 1;\n' }],
  [
    'noNonNullAssertion',
    'a non-null assertion',
    { [`${api}/a.ts`]: 'export const a = (b: string | null) => b!.length;\n' },
  ],
  ['noConsole', 'console', { [`${api}/a.ts`]: "console.log('a');\n" }],
];

describe('the architecture gate', () => {
  it.each(planted)('%s refuses %s', (rule, _what, files) => {
    const { status, output } = check(files);
    expect(output).toContain(rule);
    expect(status).not.toBe(0);
  });

  it('lets a clean feature pass that uses a plugin and its own files', () => {
    const { status, output } = check({
      [`${api}/features/events/b.ts`]: 'export const b = 1;\n',
      [`${api}/features/events/a.ts`]:
        "import { auth } from '../../plugins/auth.ts';\nimport { b } from './b.ts';\n\nexport const a = auth + b;\n",
    });
    expect(output).not.toContain('lint/');
    expect(status).toBe(0);
  });
});
