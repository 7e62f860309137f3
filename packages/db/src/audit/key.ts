import { createHmac, hkdfSync } from 'node:crypto';
import { DomainError } from '@blastwise/contracts';

/** Keys derived from the audit secret, which lives outside the database. */
export interface AuditKey {
  readonly fields: Buffer;
  readonly chain: Buffer;
  readonly head: Buffer;
  /** Of the signatures under cases. */
  readonly signatures: Buffer;
}

/** Derives the audit keys (HKDF-SHA256). The secret must have at least 32 characters; keep it out of the database. */
export function openAuditKey(secret: string): AuditKey {
  if (secret.length < 32)
    throw new DomainError('BAD_INPUT', 'The audit key must have at least 32 characters.');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'blastwise-audit', purpose, 32));
  return {
    fields: derive('fields'),
    chain: derive('chain'),
    head: derive('head'),
    signatures: derive('signatures'),
  };
}

export const hmac = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex');

/** Keyed digest of one patient field: equal values are recognised, nothing can be read back without the key. */
export const fieldDigest = (key: AuditKey, field: string, value: string): string =>
  hmac(key.fields, `${field}\0${value}`);
