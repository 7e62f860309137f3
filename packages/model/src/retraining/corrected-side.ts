import { createHash } from 'node:crypto';

/** One group in this many is kept for the test side. */
const RESERVED_ONE_IN = 5;
/** And of the others one in this many for the validation side: a tenth of all, as in the splits of data sets. */
const VALIDATION_ONE_IN = 8;

/** The `nth` 8 hex digits of the SHA-256 of a group's id as a number. */
function digits(groupId: string, nth: 0 | 1): number {
  const hex = createHash('sha256').update(groupId).digest('hex');
  return Number.parseInt(hex.slice(8 * nth, 8 * nth + 8), 16);
}

/**
 * Whether a group of corrected fields (a patient) is kept for the test side and never trained on: the first 8 hex digits
 * of the SHA-256 of its id, as a number, are divisible by 5. It hangs on nothing but the id, so it is settled before
 * any training and stays so.
 */
export const reservedForTest = (groupId: string): boolean => digits(groupId, 0) % RESERVED_ONE_IN === 0;

/** The side of a group that is not reserved: validation where the next 8 digits are divisible by 8, else training. */
export const sideOfCorrected = (groupId: string): 'train' | 'validation' =>
  digits(groupId, 1) % VALIDATION_ONE_IN === 0 ? 'validation' : 'train';
