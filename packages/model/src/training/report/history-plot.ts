import type { EpochRecord } from '../fit.ts';

export interface PlotSeries {
  readonly title: string;
  readonly history: readonly EpochRecord[];
}

const WIDTH = 360;
const HEIGHT = 200;
const MARGIN = { left: 44, right: 12, top: 28, bottom: 30 };
const COLOURS = ['#1d6fb8', '#c2410c', '#15803d', '#7e22ce', '#a16207', '#be123c'];

interface Curve {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

function curvesOf(history: readonly EpochRecord[]): Curve[] {
  const names = [...new Set(history.flatMap((e) => Object.keys(e.validation)))];
  return [
    { name: 'training loss', values: history.map((e) => e.loss) },
    ...(history.some((e) => e.accuracy !== null)
      ? [{ name: 'training accuracy', values: history.map((e) => e.accuracy) }]
      : []),
    ...names.map((name) => ({ name, values: history.map((e) => e.validation[name] ?? null) })),
  ];
}

const escapeXml = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

function panel({ title, history }: PlotSeries, top: number): string {
  const curves = curvesOf(history);
  const highest = Math.max(1e-9, ...curves.flatMap((c) => c.values.map((v) => v ?? 0)));
  const x = (i: number) =>
    MARGIN.left + ((WIDTH - MARGIN.left - MARGIN.right) * i) / Math.max(1, history.length - 1);
  const y = (v: number) => HEIGHT - MARGIN.bottom - ((HEIGHT - MARGIN.top - MARGIN.bottom) * v) / highest;
  const lines = curves.map(({ values }, k) => {
    const points = values.flatMap((v, i) => (v === null ? [] : [`${x(i).toFixed(1)},${y(v).toFixed(1)}`]));
    return `<polyline fill="none" stroke="${COLOURS[k % COLOURS.length]}" stroke-width="1.5" points="${points.join(' ')}"/>`;
  });
  const legend = curves.map(
    ({ name }, k) =>
      `<text x="${WIDTH + 8}" y="${MARGIN.top + 8 + k * 16}" fill="${COLOURS[k % COLOURS.length]}">${escapeXml(name)}</text>`,
  );
  const ticks = [0, 0.5, 1].map((share) => {
    const at = y(highest * share).toFixed(1);
    return `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${at}" y2="${at}" stroke="#cbd5e1"/><text x="${MARGIN.left - 4}" y="${at}" text-anchor="end">${(highest * share).toFixed(2)}</text>`;
  });
  return `<g transform="translate(0 ${top})"><text x="${MARGIN.left}" y="16" font-weight="bold">${escapeXml(title)}</text>${ticks.join('')}${lines.join('')}${legend.join('')}<text x="${MARGIN.left}" y="${HEIGHT - 10}">epoch 1</text><text x="${WIDTH - MARGIN.right}" y="${HEIGHT - 10}" text-anchor="end">epoch ${history.length}</text></g>`;
}

/** Every figure of every epoch as curves, one panel a part. */
export function historyPlot(parts: readonly PlotSeries[]): string {
  const panels = parts.map((part, i) => panel(part, i * HEIGHT));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH + 180} ${HEIGHT * parts.length}" font-family="sans-serif" font-size="11" fill="#334155"><rect width="100%" height="100%" fill="#ffffff"/>${panels.join('')}</svg>\n`;
}
