import { caseSigning, type SignedResult } from '@blastwise/db';
import type { Field } from '../cases/schemas.ts';
import type { Services } from '../services.ts';
import { iso } from '../shared/schemas.ts';
import type { Signing } from './schemas.ts';

/** The results on the caller's screen: none with the AI off, nor of what blind review hides. */
export const shownResults = (fields: readonly Pick<Field, 'imageId' | 'result'>[]): SignedResult[] =>
  fields.flatMap(({ imageId, result }) =>
    result ? [{ imageId, analysisId: result.analysisId, decisionId: result.decision.id }] : [],
  );

/** What has been signed of a case, and what the caller would sign who sees these fields. */
export async function signingOf(
  { db, auditKey }: Pick<Services, 'db' | 'auditKey'>,
  caseId: string,
  fields: readonly Field[],
): Promise<Signing> {
  const { signatures, record } = await caseSigning(db, {
    auditKey,
    caseId,
    shown: shownResults(fields),
    readings: fields.reduce((sum, { corrections }) => sum + corrections.length, 0),
  });
  return {
    signatures: signatures.map(({ signerName, signerRole, signedAt, ...signature }) => ({
      ...signature,
      name: signerName,
      role: signerRole,
      signedAt: iso(signedAt),
    })),
    record,
  };
}
