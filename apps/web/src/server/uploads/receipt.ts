import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError, sha256Schema } from '@blastwise/contracts';
import { SESSION_ABSOLUTE_HOURS } from '@blastwise/db';
import { z } from 'zod';

/** As long as a session can last: whoever can still submit has receipts that hold. */
const GOOD_HOURS = SESSION_ABSOLUTE_HOURS;
const GOOD_MS = GOOD_HOURS * 60 * 60_000;

const uploadedSchema = z.object({
  sha256: sha256Schema,
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
});
/** A checked, cleaned and stored image that belongs to no case, or a mask that belongs to no reading yet. */
export type Uploaded = z.infer<typeof uploadedSchema>;

const claimsSchema = uploadedSchema.extend({ userId: z.uuid(), expires: z.int() });

export interface ReceiptOptions {
  readonly secret: string;
  readonly userId: string;
  readonly now: number;
  /** The field that a mask was drawn on; left out: the upload is a field itself. Neither is taken for the other. */
  readonly maskOf?: string;
}

const sign = (payload: string, { secret, maskOf }: ReceiptOptions): Buffer =>
  createHmac('sha256', secret)
    .update(maskOf === undefined ? `upload-receipt\0${payload}` : `mask-receipt\0${maskOf}\0${payload}`)
    .digest();

/** What an upload's answer carries, so that only this user may submit it, within 12 hours, without a table of uploads. */
export function makeReceipt(uploaded: Uploaded, options: ReceiptOptions): string {
  const { userId, now } = options;
  const claims = { ...uploaded, userId, expires: now + GOOD_MS };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${payload}.${sign(payload, options).toString('base64url')}`;
}

/** @throws DomainError BAD_INPUT for a receipt that is forged, of another user or field, or too old. */
export function openReceipt(receipt: string, options: ReceiptOptions): Uploaded {
  const { userId, now } = options;
  const [payload = '', signature = ''] = receipt.split('.');
  const given = Buffer.from(signature, 'base64url');
  const expected = sign(payload, options);
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  if (!genuine) throw new DomainError('BAD_INPUT', 'An upload could not be recognised; upload it again.');
  const claims = claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  if (claims.userId !== userId) throw new DomainError('BAD_INPUT', 'An upload belongs to somebody else.');
  if (claims.expires < now)
    throw new DomainError('BAD_INPUT', `An upload is older than ${GOOD_HOURS} hours; upload it again.`);
  return uploadedSchema.parse(claims);
}
