import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { TooltipProvider } from '../feedback/tooltip.tsx';
import { CellLayer } from './cell-layer.tsx';
import { LayerBar } from './layer-bar.tsx';
import type { FieldLayers } from './layers.ts';

const nothing = () => undefined;
const cells = [
  { x: 1, y: 2, width: 3, height: 4 },
  { x: 9, y: 9, width: 5, height: 5 },
];
const ALL: FieldLayers = {
  corrected: { shown: true, onShown: nothing, by: 'as corrected by Ann' },
  nuclei: { src: '/n', shown: true, onShown: nothing },
  heat: { srcOf: (stage) => `/h/${stage}`, stage: 'Pre', onStage: nothing, opacity: 0.7, onOpacity: nothing },
  boxes: { cells, shown: false, onShown: nothing, current: null, onCurrent: nothing, describe: () => null },
  note: null,
};
const bar = (layers: FieldLayers | null, failed = false, heat?: number | null) =>
  renderToStaticMarkup(
    createElement(TooltipProvider, null, createElement(LayerBar, { layers, failed, heat })),
  );

describe('LayerBar', () => {
  it('offers each layer that there is, and says which are on', () => {
    const markup = bar(ALL);
    expect(markup).toMatch(/aria-pressed="false"[^>]*>Cells</);
    expect(markup).toMatch(/aria-pressed="true"[^>]*>Nuclei</);
    expect(markup).toMatch(/aria-checked="true"[^>]*>Pre</);
  });

  it.each([
    ['corrected', 'Corrected'],
    ['boxes', 'Cells'],
    ['nuclei', 'Nuclei'],
    ['heat', 'Heatmap'],
  ] as const)('does not offer %s that a result lacks', (part, word) => {
    expect(bar(ALL)).toContain(word);
    expect(bar({ ...ALL, [part]: null })).not.toContain(word);
  });

  it('keeps its height without any, so that nothing moves when a result arrives', () => {
    const height = (markup: string) => /class="[^"]*\bh-9\b/.test(markup);
    expect([height(bar(null)), height(bar(ALL))]).toEqual([true, true]);
  });

  it('says when a layer could not be loaded', () => {
    expect(bar(ALL, true)).toContain('A layer could not be loaded.');
    expect(bar(ALL, false, null)).toContain('A layer could not be loaded.');
  });

  it.each([
    [0, true],
    [12, true],
    [13, false],
    [undefined, false],
  ])('says that nothing is to be seen of a heatmap that reaches %s: %s', (heat, said) => {
    expect(bar(ALL, false, heat).includes('No place here speaks for Pre.')).toBe(said);
  });
});

describe('CellLayer', () => {
  const drawn = (shown: boolean, current: number | null) =>
    renderToStaticMarkup(
      createElement(CellLayer, {
        cells,
        image: { width: 20, height: 20 },
        shown,
        current,
        onCurrent: nothing,
        scale: 2,
      }),
    ).split('opacity-0').length - 1;

  it.each([
    [true, null, 0],
    [false, null, 2],
    [false, 1, 1],
    [true, 1, 0],
  ])('shown %s, current %s: %i boxes are hidden', (shown, current, hidden) => {
    expect(drawn(shown, current)).toBe(hidden);
  });
});
