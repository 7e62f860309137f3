import type { Analysis } from '@blastwise/contracts';
import type { RgbImage } from '@blastwise/model';

/** What the service needs of a predictor; the model package's `Predictor` is one. */
export interface ServedModel {
  /** The execution provider that answers, such as "cpu". */
  readonly engine: string;
  readonly artifact: { readonly digest: string };
  /** One result per image, in order. `mask`: 0 or 255, row-major, of the input's size. */
  predict(images: RgbImage[]): Promise<{ analysis: Analysis; mask: Uint8Array }[]>;
  close(): Promise<void>;
}
