import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer } from 'node:tls';
import { freePort } from './product.ts';

export interface TlsProxy {
  /** What browsers are told. */
  readonly url: string;
  stop(): void;
}

/** Ends TLS on 127.0.0.1 before a portal that listens on `port`, with a certificate that nobody vouches for. */
export async function startTlsProxy(port: number): Promise<TlsProxy> {
  const own = await freePort();
  const server = createServer(selfSigned(), (browser) => {
    const portal = connect(port, '127.0.0.1');
    browser.pipe(portal).pipe(browser);
    browser.on('error', () => portal.destroy());
    portal.on('error', () => browser.destroy());
  });
  server.listen(own, '127.0.0.1');
  await once(server, 'listening');
  return { url: `https://127.0.0.1:${own}`, stop: () => void server.close() };
}

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const VERSION = 0xa0;
const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');

/** A value of ASN.1 in its distinguished encoding (X.690), of less than 64 KiB. */
function der(tag: number, ...parts: readonly (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = body;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

/** A certificate that its own key signs (RFC 5280), and that key. */
function selfSigned(): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, 'Blastwise tests'))));
  const validity = der(SEQUENCE, der(UTC_TIME, '250101000000Z'), der(UTC_TIME, '491231235959Z'));
  const toSign = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', toSign, privateKey)]);
  const certificate = der(SEQUENCE, toSign, algorithm, der(BIT_STRING, signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}
