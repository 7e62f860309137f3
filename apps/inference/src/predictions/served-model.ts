import type { Analysis } from '@blastwise/contracts';
import type { HeatPictures, RgbImage } from '@blastwise/model';

/** How a model is known outside this process. */
export interface ModelIdentity {
  /** SHA-256 over the files that decide an answer. */
  digest: string;
  name: string;
  /** The model card, Markdown. */
  card: string;
  /** The run's plots by file name, SVG. */
  plots: Record<string, string>;
  manifest: Record<string, unknown>;
}

/** What a model says of one image. Masks are 0 or 255, row-major, of the image's size. */
export interface ServedResult {
  analysis: Analysis;
  mask: Uint8Array;
  /** Null where the model draws no nuclei. */
  nucleus: Uint8Array | null;
  heat: HeatPictures;
}

/** What the service needs of a model; the model package's predictor, in production. */
export interface ServedModel {
  /** The execution provider that answers, such as "cpu". */
  readonly engine: string;
  readonly identity: ModelIdentity;
  /** False while what answers has crashed and is not back. */
  readonly alive: boolean;
  /** One result per image, in order. */
  predict(images: RgbImage[]): Promise<ServedResult[]>;
  close(): Promise<void>;
}
