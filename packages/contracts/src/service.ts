import { z } from 'zod';
import { analysisSchema } from './analysis.ts';
import { RESEARCH_NOTICE } from './notice.ts';
import { stageRecordSchema } from './stages.ts';

/** Limits that the portal and the inference service share. Pixels are counted from the header, before decoding. */
export const IMAGE_LIMITS = { bytes: 25 * 1024 * 1024, pixels: 32_000_000 } as const;

/** The most fields that one case may have. */
export const FIELDS_PER_CASE = 200;

/** The longer side of a heatmap, in pixels; that of the input where it is smaller. */
export const HEATMAP_SIZE = 224;

/**
 * Answer of `POST /v1/predict`: the analysis; its mask as an 8-bit PNG (0 or 255) of the input's size; its nuclei
 * likewise, where the model draws them; the heatmap of each stage (Grad-CAM) as an 8-bit PNG of the input's shape,
 * whose 255 is the highest value that any of the four has. PNGs are base64.
 */
export const predictResponseSchema = z.object({
  analysis: analysisSchema,
  maskPng: z.base64(),
  nucleusPng: z.base64().nullable(),
  heatmapPngs: stageRecordSchema(z.base64()),
  notice: z.literal(RESEARCH_NOTICE),
});
export type PredictResponse = z.infer<typeof predictResponseSchema>;

/** Answer of `GET /readyz`. */
export const readinessSchema = z.object({
  ready: z.boolean(),
  engine: z.string().nullable(),
  modelDigest: z.string().nullable(),
  reason: z.string().nullable(),
});
export type Readiness = z.infer<typeof readinessSchema>;
