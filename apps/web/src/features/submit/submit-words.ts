import { fieldErrorsOf, formSentenceOf, reasonOf } from '../shared/errors.ts';

/** The form's own fields, which say what is wrong with them. */
export const OWN_FIELDS = ['pseudonym', 'note'] as const;

/** Why a submission failed; null: it did not, or the form's own fields say it. */
export function submitSentenceOf(error: unknown): string | null {
  if (error && reasonOf(error) === null)
    return 'The portal did not answer. Submit again: if the case was taken already, it opens, and no second one is made.';
  return formSentenceOf(error, OWN_FIELDS);
}

/** What a case that is being put together waits for, or goes without; empty: nothing. */
export function waitsFor(given: {
  pending: boolean;
  refused: number;
  accepted: number;
  pseudonym: string;
}): string {
  const { pending, refused, accepted, pseudonym } = given;
  if (pending) return 'Uploading…';
  return [
    ...(refused > 0
      ? [`${refused} ${refused === 1 ? 'file was' : 'files were'} refused and will not be part of the case.`]
      : []),
    ...(accepted > 0 && pseudonym.trim() === '' ? ['Give a pseudonym to go on.'] : []),
  ].join(' ');
}

/** The portal no longer takes what was uploaded, which only uploading it again mends. */
export const asksForUploads = (error: unknown): boolean =>
  reasonOf(error) === 'BAD_INPUT' && Object.keys(fieldErrorsOf(error)).length === 0;
