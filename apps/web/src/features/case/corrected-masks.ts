import type { MaskName } from '@blastwise/ui';
import { maskUrl, nucleusUrl, readingMaskUrl } from '../shared/index.ts';
import type { CaseField, Correction } from './types.ts';

/** The latest reading that corrected a mask and that its reader has not superseded. Readings are newest first. */
export function standingMask(corrections: readonly Correction[], of: MaskName): Correction | null {
  const superseded = new Set(corrections.map(({ supersedesId }) => supersedesId));
  return corrections.find(({ id, masks }) => masks[of] && !superseded.has(id)) ?? null;
}

/** Where the model's own mask is; null where it draws none or must not be seen. */
export function modelMaskSrc({ imageId, result }: CaseField, of: MaskName): string | null {
  if (!result) return null;
  if (of === 'mask') return maskUrl(imageId, result.analysisId);
  return result.layers.nucleus ? nucleusUrl(imageId, result.analysisId) : null;
}

/** Where a mask is as a reading left it: corrected, or the model's. */
export const maskSrc = (field: CaseField, of: MaskName, reading: Correction | null): string | null =>
  reading?.masks[of] ? readingMaskUrl(reading.id, of) : modelMaskSrc(field, of);
