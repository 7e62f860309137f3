import { GATE_LARGEST_MARGIN, graveSeveritySchema, severitySchema } from '@blastwise/contracts';
import { z } from 'zod';
import { reasonTextSchema } from '../shared/schemas.ts';

export const settingsSchema = z.object({
  aiEnabled: z.boolean(),
  /** Share of accepted cases drawn for blind review, 0..1. */
  blindShare: z.number(),
  /** How grave an error is on which a senior decides even where readers agree. */
  seniorDecides: z.array(severitySchema).readonly(),
  /** By how much the rate of malignant fields called Benign may rise, 0..0.1. */
  gateMargin: z.number(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const setAiInput = z.object({ enabled: z.boolean(), reason: reasonTextSchema });

export const setBlindShareInput = z.object({
  share: z
    .number('Give the share as a number.')
    .min(0, 'Give a share from 0 to 100 %.')
    .max(1, 'Give a share from 0 to 100 %.'),
  reason: reasonTextSchema,
});

/** With none, no error goes to a senior for its severity alone. */
export const setSeniorDecidesInput = z.object({
  severities: z
    .array(graveSeveritySchema)
    .refine((severities) => new Set(severities).size === severities.length, 'Name each severity once.'),
  reason: reasonTextSchema,
});

const MARGIN_RANGE = `Give a margin from 0 to ${100 * GATE_LARGEST_MARGIN} percentage points.`;

export const setGateMarginInput = z.object({
  margin: z
    .number('Give the margin as a number.')
    .min(0, MARGIN_RANGE)
    .max(GATE_LARGEST_MARGIN, MARGIN_RANGE),
  reason: reasonTextSchema,
});
