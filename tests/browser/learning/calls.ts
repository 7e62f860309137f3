import {
  type MaturityStage,
  maturityStageSchema,
  type Severity,
  stageRecordSchema,
} from '@blastwise/contracts';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { Upload } from '../steps.ts';

/** A connection that was kept open may be closed by the server just as it is used again. */
const RETRIES = 2;

const origin = (page: Page): string => new URL(page.url()).origin;

/** Calls a procedure with the page's own session, as the page itself does. */
export async function call<T extends z.ZodType>(
  page: Page,
  { procedure, input, output }: { procedure: string; input: unknown; output: T },
): Promise<z.output<T>> {
  const response = await page.request.post(`${origin(page)}/api/trpc/${procedure}`, {
    headers: { origin: origin(page) },
    data: input,
    maxRetries: RETRIES,
  });
  if (!response.ok()) throw new Error(`${procedure}: ${response.status()} ${await response.text()}`);
  const { result } = z.object({ result: z.object({ data: z.unknown() }) }).parse(await response.json());
  return output.parse(result.data);
}

const submittedSchema = z.object({ caseId: z.uuid() });

async function upload(page: Page, { buffer }: Upload): Promise<string> {
  const answer = await page.request.post(`${origin(page)}/api/uploads`, {
    headers: { origin: origin(page), 'content-type': 'application/octet-stream' },
    data: buffer,
    maxRetries: RETRIES,
  });
  if (!answer.ok()) throw new Error(`upload: ${answer.status()} ${await answer.text()}`);
  return z.object({ receipt: z.string() }).parse(await answer.json()).receipt;
}

/** Accepts one case with its fields; the reader's browser would do the same. */
export async function submit(page: Page, pseudonym: string, files: readonly Upload[]): Promise<string> {
  const uploads = await Promise.all(files.map((file) => upload(page, file)));
  const input = { pseudonym, note: '', uploads };
  return (await call(page, { procedure: 'cases.submit', input, output: submittedSchema })).caseId;
}

const decisionSchema = z.object({
  id: z.uuid(),
  stage: maturityStageSchema.nullable(),
  defer: z.boolean(),
  reasons: z.array(z.string()),
  costMatrixVersion: z.number(),
  expectedCosts: stageRecordSchema(z.number()),
});
export type ShownDecision = z.infer<typeof decisionSchema>;
const fieldSchema = z.object({
  imageId: z.uuid(),
  status: z.string(),
  result: z
    .object({
      analysisId: z.uuid(),
      analysis: z.object({
        probabilities: stageRecordSchema(z.number()),
        versions: z.object({ modelDigest: z.string() }),
      }),
      decision: decisionSchema,
    })
    .nullable(),
});
const detailSchema = z.object({ fields: z.array(fieldSchema).min(1) });
type Field = z.infer<typeof fieldSchema>;
export type Result = NonNullable<Field['result']>;

export interface AnsweredField {
  readonly imageId: string;
  readonly result: Result;
}

/** The fields of a case as they stand. */
export async function fieldsOf(page: Page, caseId: string): Promise<Field[]> {
  const input = { caseId };
  return (await call(page, { procedure: 'cases.detail', input, output: detailSchema })).fields;
}

/** Reads a field surely and confirmed by flow cytometry, which settles it. */
export async function settle(
  page: Page,
  { imageId, result: { analysisId, decision } }: AnsweredField,
  { stage, severity }: { stage: MaturityStage; severity: Severity },
): Promise<void> {
  const input = {
    imageId,
    seen: { analysisId, decisionId: decision.id },
    correction: { stage, certainty: 'sure', confirmedBy: 'flow-cytometry', severity, comment: '' },
  };
  await call(page, { procedure: 'reviews.record', input, output: z.unknown() });
}
