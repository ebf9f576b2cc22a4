// Runs the image's own steps where Docker cannot: the tracked files in a clean folder, the Dockerfile's RUN line,
// then every command of the compose file must be there. `node scripts/check-image.mjs`
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { fail, root, run } from './toolchain.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'plumbline-image-'));
try {
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
  for (const file of tracked) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    cpSync(path.join(root, file), path.join(folder, file));
  }
  const dockerfile = readFileSync(path.join(folder, 'Dockerfile'), 'utf8');
  for (const [, step = ''] of dockerfile.matchAll(/^RUN (node .+)$/gm)) {
    const [command = '', ...args] = step.split(' ');
    await run(
      step,
      command,
      args.map((arg) => (arg.startsWith('scripts/') ? path.join(folder, arg) : arg)),
    );
  }
  const compose = parse(readFileSync(path.join(folder, 'docker-compose.yml'), 'utf8'), { merge: true });
  for (const [name, service] of Object.entries(compose.services)) {
    const script = service.command?.[0] === 'node' ? service.command[1] : undefined;
    if (script && !existsSync(path.join(folder, script)))
      fail(`${name} would run ${script}, which the image does not have.`);
  }
  for (const needed of ['apps/web/dist/index.html', 'prisma/migrations']) {
    if (!existsSync(path.join(folder, needed))) fail(`The image does not have ${needed}.`);
  }
  console.log('The image can be built and has every command of the compose file.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
