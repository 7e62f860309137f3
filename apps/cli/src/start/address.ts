import { networkInterfaces } from 'node:os';
import { z } from 'zod';

const PUBLIC_URL_RULE =
  'The public address (--public-url or BLASTWISE_PUBLIC_URL) must be http:// or https:// and a host, without a path: https://blastwise.example.';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Hosts that stand for every address of this machine, and the loopback that each of them answers on. */
const WILDCARDS: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/**
 * The address under which a proxy shows the portal, as its origin. The portal's paths start at the root of a host, so
 * an address with a path, a query or a user is refused.
 */
export const publicUrlSchema = z
  .url({ protocol: /^https?$/, error: PUBLIC_URL_RULE, abort: true })
  .refine((text) => new URL(text).href === `${new URL(text).origin}/`, PUBLIC_URL_RULE)
  .transform((text) => new URL(text).origin);

/** True where only this machine reaches the portal. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

const urlOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** The address that browsers use where no proxy stands before the portal: a wildcard host is reached through this machine's first outside address. */
export function directUrl(host: string, port: number): string {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)?.address;
  return urlOf(WILDCARDS.has(host) ? (outside ?? '127.0.0.1') : host, port);
}

/** Where this machine itself reaches a portal that listens on `host`. */
export const ownUrl = (host: string, port: number): string => urlOf(WILDCARDS.get(host) ?? host, port);
