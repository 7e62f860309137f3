import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import type { InspectedDataset, Surroundings } from '@blastwise/model';

/** A plot with one panel a stage. */
export interface Plot {
  readonly caption: string;
  readonly svg: string;
}

const SIDE = 180;
const MARGIN = { left: 34, top: 26, bottom: 40, gap: 16 };
const PANEL = MARGIN.left + SIDE + MARGIN.gap;
const HEIGHT = MARGIN.top + SIDE + MARGIN.bottom;
const BLUE = '#1d6fb8';
/** Dots of one stage at most, evenly spread over its files. */
const DOTS = 500;

interface Panel {
  readonly title: string;
  /** SVG over a square of `SIDE`, from its upper left corner. */
  readonly body: string;
  /** What the axis below and the one to the left say. */
  readonly across: string;
  readonly up: string;
}

function panels(label: string, drawn: readonly Panel[]): string {
  const body = drawn.map(({ title, body, across, up }, i) => {
    const frame = `<rect width="${SIDE}" height="${SIDE}" fill="none" stroke="#cbd5e1"/>`;
    const texts = `<text y="-9" font-weight="bold">${title}</text><text x="${SIDE / 2}" y="${SIDE + 30}" text-anchor="middle">${across}</text><text transform="translate(-22 ${SIDE / 2}) rotate(-90)" text-anchor="middle">${up}</text>`;
    return `<g transform="translate(${i * PANEL + MARGIN.left} ${MARGIN.top})">${frame}${texts}${body}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${drawn.length * PANEL} ${HEIGHT}" width="${drawn.length * PANEL}" font-family="sans-serif" font-size="11" fill="#334155" role="img" aria-label="${label}"><rect width="100%" height="100%" fill="#ffffff"/>${body.join('')}</svg>`;
}

/** Whole numbers that hold the values, at least 1 apart. */
function extent(values: readonly number[]): readonly [number, number] {
  const [low, high] = values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const lowest = Math.floor(low);
  return [lowest, Math.max(lowest + 1, Math.ceil(high))];
}

const ends = ([low, high]: readonly [number, number], side: 'across' | 'up'): string =>
  side === 'across'
    ? `<text y="${SIDE + 14}">${low}</text><text x="${SIDE}" y="${SIDE + 14}" text-anchor="end">${high}</text>`
    : `<text x="-4" y="${SIDE}" text-anchor="end">${low}</text><text x="-4" y="9" text-anchor="end">${high}</text>`;

/** Background colours of one stage's fields: how far red and blue lie above green, 0..255. */
interface Backgrounds {
  readonly stage: MaturityStage;
  readonly dots: readonly { readonly red: number; readonly blue: number }[];
}

function backgroundsOf(
  fields: InspectedDataset['fields'],
  surroundings: readonly Surroundings[],
): Backgrounds[] {
  return MATURITY_STAGES.flatMap((stage) => {
    const own = surroundings.filter((_, i) => fields[i]?.stage === stage);
    const step = Math.max(1, own.length / DOTS);
    const chosen = Array.from({ length: Math.min(DOTS, own.length) }, (_, k) => own[Math.floor(k * step)]);
    const dots = chosen.flatMap((field) => {
      if (!field) return [];
      const [r, g, b] = field.background.mean;
      return [{ red: r - g, blue: b - g }];
    });
    return dots.length === 0 ? [] : [{ stage, dots }];
  });
}

function backgroundPlot(backgrounds: readonly Backgrounds[]): Plot {
  const all = backgrounds.flatMap(({ dots }) => dots);
  const [across, up] = [extent(all.map(({ red }) => red)), extent(all.map(({ blue }) => blue))];
  const at = ([low, high]: readonly [number, number], value: number): number =>
    (SIDE * (value - low)) / (high - low);
  const caption =
    'Background colour of the fields, one dot a field, the same axes for every stage: where the clouds lie apart, the colour names the stage';
  return {
    caption,
    svg: panels(
      caption,
      backgrounds.map(({ stage, dots }) => ({
        title: `${stage} (${dots.length} fields)`,
        across: 'red less green',
        up: 'blue less green',
        body:
          ends(across, 'across') +
          ends(up, 'up') +
          dots
            .map(
              ({ red, blue }) =>
                `<circle cx="${at(across, red).toFixed(1)}" cy="${(SIDE - at(up, blue)).toFixed(1)}" r="1.8" fill="${BLUE}" fill-opacity="0.45"/>`,
            )
            .join(''),
      })),
    ),
  };
}

/** Groups of 1, 2 to 3, 4 to 7, … fields: how many fields of a stage lie in groups of each size. */
export function fieldsByGroupSize(groups: readonly string[]): { readonly from: number; fields: number }[] {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const bins: { from: number; fields: number }[] = [];
  for (const size of sizes.values()) {
    const bin = Math.floor(Math.log2(size));
    while (bins.length <= bin) bins.push({ from: 2 ** bins.length, fields: 0 });
    const own = bins[bin];
    if (own) own.fields += size;
  }
  return bins;
}

function groupPlot({ fields, groups }: InspectedDataset): Plot {
  const stages = MATURITY_STAGES.flatMap((stage) => {
    const own = groups.filter((_, i) => fields[i]?.stage === stage);
    return own.length === 0 ? [] : [{ stage, bins: fieldsByGroupSize(own) }];
  });
  const most = Math.max(...stages.flatMap(({ bins }) => bins.map((bin) => bin.fields)));
  const widest = Math.max(...stages.map(({ bins }) => bins.length));
  const width = SIDE / widest;
  const caption = 'Fields by the size of the look-alike group that they lie in';
  return {
    caption,
    svg: panels(
      caption,
      stages.map(({ stage, bins }) => ({
        title: stage,
        across: 'fields of the group, from',
        up: 'fields',
        body: bins
          .map((bin, i) => {
            const height = (0.92 * SIDE * bin.fields) / most;
            const middle = ((i + 0.5) * width).toFixed(1);
            return `<rect x="${(i * width + 2).toFixed(1)}" y="${(SIDE - height).toFixed(1)}" width="${(width - 4).toFixed(1)}" height="${height.toFixed(1)}" fill="${BLUE}"/><text x="${middle}" y="${(SIDE - height - 3).toFixed(1)}" text-anchor="middle">${bin.fields}</text><text x="${middle}" y="${SIDE + 14}" text-anchor="middle">${bin.from}</text>`;
          })
          .join(''),
      })),
    ),
  };
}

export interface Plots {
  readonly background: Plot;
  readonly groups: Plot;
}

export const drawPlots = (dataset: InspectedDataset, surroundings: readonly Surroundings[]): Plots => ({
  background: backgroundPlot(backgroundsOf(dataset.fields, surroundings)),
  groups: groupPlot(dataset),
});
