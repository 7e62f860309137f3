/** A field's picture; with `thumb` a small one for lists. Both are served to signed-in users only. */
export const imageUrl = (imageId: string): string => `/api/images/${imageId}`;
export const thumbUrl = (imageId: string): string => `/api/images/${imageId}/thumbnail`;
/** The mask as a PNG of the field's size, white inside. The analysis in the address keeps a stale one from showing. */
export const maskUrl = (imageId: string, analysisId: string): string =>
  `/api/images/${imageId}/mask?analysis=${analysisId}`;
/** The nuclei as a PNG like the mask; the evidence for a stage as a grey one, 255 where there is most. */
export const nucleusUrl = (imageId: string, analysisId: string): string =>
  `/api/images/${imageId}/nucleus?analysis=${analysisId}`;
export const heatmapUrl = (imageId: string, analysisId: string, stage: string): string =>
  `/api/images/${imageId}/heatmap/${stage}?analysis=${analysisId}`;
/** A mask as one reading corrected it, PNG like the others; it never changes. */
export const readingMaskUrl = (readingId: string, of: 'mask' | 'nucleus'): string =>
  `/api/readings/${readingId}/${of}`;
/** A plot of a training run, SVG, for admins. */
export const plotUrl = (digest: string, name: string): string =>
  `/api/models/${digest}/plots/${encodeURIComponent(name)}`;

/** A small picture of a locked test set's image, for admins. */
export const lockedThumbUrl = (setId: string, place: number): string =>
  `/api/locked-tests/${setId}/${place}/thumbnail`;

export const caseUrl = (caseId: string): string => `/cases/${caseId}`;
