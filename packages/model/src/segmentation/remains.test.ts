import { MATURITY_STAGES } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { generateField } from '../generator/index.ts';
import { cellRemains } from './remains.ts';
import { segmentStain } from './segment-stain.ts';

const share = (mask: Uint8Array, within: (i: number) => boolean): number => {
  let [all, inside] = [0, 0];
  mask.forEach((m, i) => {
    if (!within(i)) return;
    all++;
    inside += m;
  });
  return inside / all;
};

describe.each(MATURITY_STAGES)('cellRemains in a field of %s', (stage) => {
  const { image, mask } = generateField({ seed: 4, stage });
  const remains = cellRemains(image, segmentStain(image).cell);

  it('covers the cells that were drawn, rims included', () => {
    expect(share(remains, (i) => mask[i] === 1)).toBeGreaterThan(0.99);
  });

  it('leaves most of the field', () => {
    expect(share(remains, (i) => mask[i] === 0)).toBeLessThan(0.3);
  });
});

it('covers what the cell mask left out', () => {
  const { image, mask } = generateField({ seed: 4, stage: 'Pre' });
  const remains = cellRemains(image, new Uint8Array(mask.length));
  expect(share(remains, (i) => mask[i] === 1)).toBeGreaterThan(0.95);
});
