import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { processEnvironment } from '../env.ts';
import { runProgram } from './run-program.ts';

export const pythonClient = path.resolve(import.meta.dirname, '../../clients/python');

export interface PythonEnvironment {
  /** The interpreter of a virtual environment with the client installed; undefined when it cannot be had. */
  interpreter?: string;
  /** Why there is no interpreter, or no pandas. */
  missing?: string;
  missingPandas?: string;
}

/** A virtual environment in `folder` with the client and, if the package index has them, pandas and numpy. */
export async function makePythonEnvironment(folder: string): Promise<PythonEnvironment> {
  const run = (command: string, ...args: string[]) =>
    runProgram(command, args, { env: processEnvironment, cwd: folder, timeoutMs: 180_000 });
  const version = await run('python3', '-c', 'import sys; print(sys.version_info >= (3, 9))');
  if (version.stdout.trim() !== 'True') return { missing: 'install python3 of 3.9 or later' };
  if ((await run('python3', '-m', 'venv', 'python')).code !== 0) return { missing: 'install python3-venv' };
  const interpreter = path.join(folder, 'python/bin/python');
  const install = (...what: string[]) =>
    run(interpreter, '-m', 'pip', 'install', '--quiet', '--retries=1', '--timeout=30', ...what);
  const installed = await install(pythonClient);
  if (installed.code !== 0) return { missing: 'pip could not install urllib3 and hatchling' };
  const pandas = await install('--only-binary=:all:', 'pandas');
  return { interpreter, ...(pandas.code === 0 ? {} : { missingPandas: 'pip could not install pandas' }) };
}

/** Runs a program by the interpreter; `clients/python` is not on its path. */
export async function runPython(
  interpreter: string,
  folder: string,
  program: string,
  env: Record<string, string | undefined>,
) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'program.py');
  writeFileSync(file, program);
  return runProgram(interpreter, ['-X', 'dev', '-B', file], { env, cwd: folder, timeoutMs: 120_000 });
}
