import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DomainError, type ErrorBody } from '@blastwise/contracts';
import type { RgbImage } from '@blastwise/model';
import { say, sayJson } from '../terminal/print.ts';

/** Reads and decodes an image named on the command line; what is wrong with it is an answer, not a throw. */
export async function readImage(image: string): Promise<RgbImage | ErrorBody> {
  const { decodeImage } = await import('@blastwise/model');
  try {
    const bytes = await readFile(resolve(image)).catch((cause: unknown) => {
      throw new DomainError('NOT_FOUND', 'The file cannot be read.', { cause });
    });
    return await decodeImage(bytes);
  } catch (error) {
    if (error instanceof DomainError) return { error: { code: error.code, message: error.message } };
    throw error;
  }
}

/** The line of an image that could not be read; the command then ends with status 1. */
export function sayUnreadable(image: string, { error }: ErrorBody, json: true | undefined): void {
  if (json) sayJson({ image, error });
  else say(`${image}: ${error.message}`);
  process.exitCode = 1;
}
