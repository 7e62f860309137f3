import { z } from 'zod';

/** Answer of `POST /api/images/<id>/edited` (body: the mask's bytes). Good for its user, its field and 12 hours. */
export const maskAcceptedSchema = z.object({ receipt: z.string() });
export type MaskAccepted = z.infer<typeof maskAcceptedSchema>;

/** The masks that a reading may correct: of the white cells, and of their nuclei. */
export const maskLayerSchema = z.enum(['mask', 'nucleus']);
export type MaskLayerName = z.infer<typeof maskLayerSchema>;

/** A receipt: as drawn. Null: the model's again. Left out: as in the same reader's earlier reading. */
const maskChange = z.string().min(1).max(1000).nullish();
export const editedMasksInput = z.object({ mask: maskChange, nucleus: maskChange });
export type EditedMasksInput = z.output<typeof editedMasksInput>;
