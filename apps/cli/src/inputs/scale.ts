import { DomainError } from '@blastwise/contracts';
import type { ScaleRequest } from '@blastwise/model';
import { UsageError } from '../usage.ts';

/** What `--scale` and `--cell-diameter` say. */
export interface ScaleOptions {
  scale?: number;
  cellDiameter?: number;
}

/** The scale asked for, checked before any work; undefined leaves it to the cells. */
export async function readScale({ scale, cellDiameter }: ScaleOptions): Promise<ScaleRequest | undefined> {
  if (scale === undefined && cellDiameter === undefined) return undefined;
  const request = cellDiameter === undefined ? { factor: scale ?? 1 } : { cellDiameter };
  const { factorOf } = await import('@blastwise/model');
  try {
    factorOf(request);
  } catch (error) {
    throw error instanceof DomainError ? new UsageError(error.message) : error;
  }
  return request;
}
