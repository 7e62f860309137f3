import { networkInterfaces } from 'node:os';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** True where only this machine reaches the portal. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

/** The address that browsers use: a wildcard host is reached through this machine's first outside address. */
export function publicUrl(host: string, port: number): string {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)?.address;
  const name = host === '0.0.0.0' || host === '::' ? (outside ?? '127.0.0.1') : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
