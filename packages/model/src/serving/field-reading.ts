import { type Reason, type Scale, toStageRecord, type WhiteCell } from '@blastwise/contracts';
import { whiteCellsOf } from '../explain/index.ts';
import { type RgbImage, restoreWindow } from '../images/index.ts';
import {
  type ChosenScale,
  type FieldCell,
  JUDGEABLE_DIAMETER,
  type Tile,
  typicalDiameter,
} from '../scale/index.ts';
import { type Explanation, poolExplanations, type WeightedExplanation } from './pool-explanations.ts';
import type { TileReading } from './tile-reading.ts';
import { tileWeights } from './tile-weights.ts';
import { weightedMean } from './weighted-mean.ts';

/** What is kept of a tile until all have come. */
interface Voice extends Pick<TileReading, 'logits' | 'features' | 'faults'> {
  readonly owned: number;
}

/** What all tiles of an image say together. */
export interface Reading {
  readonly logits: Float32Array;
  readonly features: Float32Array;
  /** Whole white cells: 0 or 255, row-major, of the input's size. */
  readonly mask: Uint8Array;
  /** Their nuclei, likewise; null where the model draws none. */
  readonly nucleus: Uint8Array | null;
  /** In pixels of the input; how much of each is nucleus is not yet known. */
  readonly whiteCells: readonly WhiteCell[];
  /** Null where none was asked for. */
  readonly explanation: Explanation | null;
  readonly scale: Scale;
  /** Why no tile could be judged; empty where one can be. */
  readonly faults: readonly Reason[];
  /** The cells are too small or too large to be judged at this scale. */
  readonly outOfScale: boolean;
}

/**
 * Gathers the answers of an image's tiles as they come; only the masks are kept at the size of the input.
 *
 * Logits and features are means over the tiles, each weighted by the white cells that it owns, so tiles without white
 * cells have no say (all weigh alike where no tile has one), and by nothing where it cannot be judged and another one can
 * be. The calibration is affine in the logits, so its
 * probabilities of the mean logits are the normalised weighted geometric mean of the tiles' calibrated probabilities:
 * the tiles are pooled as dependent opinions (Genest & Zidek 1986), and many tiles make no answer surer than its tiles.
 */
export class FieldReading {
  readonly #image: Pick<RgbImage, 'width' | 'height'>;
  readonly #chosen: ChosenScale;
  readonly #mask: Uint8Array;
  #nucleus: Uint8Array | null = null;
  readonly #voices: Voice[] = [];
  readonly #cells: FieldCell[] = [];
  readonly #whiteCells: WhiteCell[] = [];
  readonly #explanations: Omit<WeightedExplanation, 'weight'>[] = [];

  constructor({ width, height }: Pick<RgbImage, 'width' | 'height'>, chosen: ChosenScale) {
    this.#image = { width, height };
    this.#mask = new Uint8Array(width * height);
    this.#chosen = chosen;
  }

  /** @returns the whole answer with the last tile, null before it. */
  add(reading: TileReading): Reading | null {
    const { tile, logits, features, cell, nucleus, found, cells, faults, explanation } = reading;
    this.#voices.push({ logits, features, faults, owned: cells.length });
    this.#cells.push(...cells);
    this.#whiteCells.push(...whiteCellsOf(found, this.#wholeIn(tile), this.#image));
    if (explanation) this.#explanations.push({ tile, explanation });
    this.#restore(cell, tile, this.#mask);
    if (nucleus) {
      this.#nucleus ??= new Uint8Array(this.#mask.length);
      this.#restore(nucleus, tile, this.#nucleus);
    }
    return this.#voices.length === this.#chosen.plan.tiles.length ? this.#finish() : null;
  }

  /** Where the whole scaled image lies in the pixels of a tile's field. */
  #wholeIn({ left, top, placement }: Tile) {
    const { width, height } = this.#chosen.plan;
    return { ...placement, left: placement.left - left, top: placement.top - top, width, height };
  }

  #restore(values: Float32Array, tile: Tile, data: Uint8Array): void {
    restoreWindow(values, tile, this.#chosen.plan, { ...this.#image, data });
  }

  #explain(weights: readonly number[]): Explanation | null {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return poolExplanations(
      this.#explanations.map((part, i) => ({ ...part, weight: (weights[i] ?? 0) / total })),
      this.#chosen.plan,
    );
  }

  #finish(): Reading {
    const { plan, source, outOfScale } = this.#chosen;
    const diameter = typicalDiameter(this.#cells);
    const { least, most } = JUDGEABLE_DIAMETER;
    const voices = this.#voices;
    const weights = tileWeights(voices);
    const faults = voices.map((voice) => voice.faults);
    const explanation = this.#explain(weights);
    const contributions = (i: number): WhiteCell['contributions'] => {
      const vector = explanation?.cells[i];
      return vector ? toStageRecord(vector) : null;
    };
    return {
      logits: weightedMean(
        voices.map(({ logits }) => logits),
        weights,
      ),
      features: weightedMean(
        voices.map(({ features }) => features),
        weights,
      ),
      mask: this.#mask,
      nucleus: this.#nucleus,
      whiteCells: this.#whiteCells.map((cell, i) => ({ ...cell, contributions: contributions(i) })),
      explanation,
      faults: faults.every((found) => found.length > 0) ? [...new Set(faults.flat())] : [],
      scale: { factor: plan.factor, source, tiles: plan.tiles.length },
      outOfScale: outOfScale || (diameter !== null && (diameter < least || diameter > most)),
    };
  }
}
