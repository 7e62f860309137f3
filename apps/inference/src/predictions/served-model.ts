import type { Analysis } from '@blastwise/contracts';
import type { RgbImage } from '@blastwise/model';

/** How a model is known outside this process. */
export interface ModelIdentity {
  /** SHA-256 over the files that decide an answer. */
  digest: string;
  name: string;
  /** The model card, Markdown. */
  card: string;
  manifest: Record<string, unknown>;
}

/** What the service needs of a model; the model package's predictor, in production. */
export interface ServedModel {
  /** The execution provider that answers, such as "cpu". */
  readonly engine: string;
  readonly identity: ModelIdentity;
  /** One result per image, in order. `mask`: 0 or 255, row-major, of the input's size. */
  predict(images: RgbImage[]): Promise<{ analysis: Analysis; mask: Uint8Array }[]>;
  close(): Promise<void>;
}
