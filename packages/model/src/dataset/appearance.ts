import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import type { Rgb } from '../images/index.ts';
import { SCALE_BAR_STYLES, type ScaleBarStyle } from './scale-bar.ts';
import type { Surroundings } from './surroundings.ts';

/** How the fields of one stage were stained and photographed; means over its fields. */
export interface StageAppearance {
  readonly stage: MaturityStage;
  /** Colours 0..255; `spread` is within a field. */
  readonly background: { readonly mean: Readonly<Rgb>; readonly spread: Readonly<Rgb> };
  /** Mean colour of the white cells; null where none was found in any field. */
  readonly whiteCells: Readonly<Rgb> | null;
  /** Share of a field that white cells cover, 0..1. */
  readonly cellShare: number;
  /** Share of the fields that show a scale bar of each style, 0..1. */
  readonly scaleBar: Readonly<Record<ScaleBarStyle, number>>;
}

/** One entry for every stage that has fields, in order. */
export function stageAppearances(
  stages: readonly MaturityStage[],
  surroundings: readonly Surroundings[],
): StageAppearance[] {
  return MATURITY_STAGES.flatMap((stage) => {
    const own = surroundings.filter((_, i) => stages[i] === stage);
    return own.length === 0 ? [] : [{ stage, ...appearanceOf(own) }];
  });
}

function appearanceOf(fields: readonly Surroundings[]): Omit<StageAppearance, 'stage'> {
  const stained = fields.flatMap(({ whiteCells }) => (whiteCells ? [whiteCells] : []));
  const share = (style: ScaleBarStyle): number =>
    fields.filter(({ scaleBar }) => scaleBar === style).length / fields.length;
  const [white, red, none] = SCALE_BAR_STYLES.map(share);
  return {
    background: {
      mean: meanOf(fields.map(({ background }) => background.mean)),
      spread: meanOf(fields.map(({ background }) => background.spread)),
    },
    whiteCells: stained.length === 0 ? null : meanOf(stained),
    cellShare: fields.reduce((sum, { cellShare }) => sum + cellShare, 0) / fields.length,
    scaleBar: { white: white ?? 0, red: red ?? 0, none: none ?? 0 },
  };
}

function meanOf(colours: readonly Readonly<Rgb>[]): Rgb {
  const mean = (c: 0 | 1 | 2): number => colours.reduce((sum, colour) => sum + colour[c], 0) / colours.length;
  return [mean(0), mean(1), mean(2)];
}
