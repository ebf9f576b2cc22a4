import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ProgramResult {
  code: number | null;
  stdout: string;
  stderr: string;
  tookMs: number;
}

/** Runs a program to its end; it is killed after `timeoutMs`. */
export async function runProgram(
  command: string,
  args: string[],
  {
    env,
    cwd,
    timeoutMs = 60_000,
  }: { env: Record<string, string | undefined>; cwd?: string; timeoutMs?: number },
): Promise<ProgramResult> {
  const startedAt = performance.now();
  const child = spawn(command, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    ...(cwd ? { cwd } : {}),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  try {
    const [code] = await once(child, 'close');
    return { code, stdout, stderr, tookMs: performance.now() - startedAt };
  } catch (error) {
    return { code: null, stdout, stderr: String(error), tookMs: performance.now() - startedAt };
  }
}
