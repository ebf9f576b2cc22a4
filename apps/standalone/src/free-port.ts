import { createServer } from 'node:net';
import { StartupFailure } from './startup-failure.ts';

function listenOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

/** A port nobody listens on, on loopback. */
export const findFreePort = () => listenOnce('127.0.0.1', 0);

/** @throws StartupFailure when the port is taken or may not be used. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  try {
    await listenOnce(host, port);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new StartupFailure(
        `Port ${port} on ${host} is in use. Set PORT to another one, for example PORT=${port + 1}.`,
        cause,
      );
    if (code === 'EACCES')
      throw new StartupFailure(
        `Port ${port} may not be opened by this account. Set PORT to one above 1023.`,
        cause,
      );
    throw new StartupFailure(
      `${host}:${port} cannot be opened (${code}). Set HOST to an address of this machine.`,
      cause,
    );
  }
}
