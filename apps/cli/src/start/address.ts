import { networkInterfaces } from 'node:os';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Hosts that stand for every address of this machine, and the loopback that each of them answers on. */
const WILDCARDS: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/** True where only this machine reaches the portal. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

const urlOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** The address that browsers use: a wildcard host is reached through this machine's first outside address. */
export function publicUrl(host: string, port: number): string {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)?.address;
  return urlOf(WILDCARDS.has(host) ? (outside ?? '127.0.0.1') : host, port);
}

/** Where this machine itself reaches a portal that listens on `host`. */
export const ownUrl = (host: string, port: number): string => urlOf(WILDCARDS.get(host) ?? host, port);
