import { z } from 'zod';
import { analysisSchema } from './analysis.ts';
import { RESEARCH_NOTICE } from './notice.ts';

/** Limits that the portal and the inference service share. Pixels are counted from the header, before decoding. */
export const IMAGE_LIMITS = { bytes: 25 * 1024 * 1024, pixels: 32_000_000 } as const;

/** Answer of `POST /v1/predict`: the analysis and its mask as an 8-bit PNG (0 or 255) of the input's size, base64. */
export const predictResponseSchema = z.object({
  analysis: analysisSchema,
  maskPng: z.base64(),
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
