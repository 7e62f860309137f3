import { createServer } from 'node:net';
import { DomainError } from '@blastwise/contracts';

const tryListen = (port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });

export const freePort = (host: string): Promise<number> => tryListen(0, host);

/** @throws DomainError with one sentence that says what to do. */
export async function requirePort(port: number, host: string): Promise<void> {
  try {
    await tryListen(port, host);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const sentence =
      code === 'EACCES'
        ? `Port ${port} needs more rights than this user has: choose one above 1023 with --port.`
        : code === 'EADDRINUSE'
          ? `Port ${port} is in use: choose another with --port, for instance \`npm start -- --port ${port + 1000}\`.`
          : `The address ${host}:${port} cannot be used: check --host and --port.`;
    throw new DomainError('CONFLICT', sentence, { cause });
  }
}
