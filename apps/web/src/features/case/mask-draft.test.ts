import { redo } from '@blastwise/ui';
import { describe, expect, it } from 'vitest';
import { allUndone, changedMasks, type MaskDraft, NO_DRAFT, readDraft, writeDraft } from './mask-draft.ts';

const stroke = (x: number) => ({ tool: 'brush' as const, size: 5, points: [x, 2, x, 3] });
const draft: MaskDraft = {
  mask: { base: { reading: null }, done: [stroke(1), { tool: 'reset' }, stroke(2)], undone: [stroke(3)] },
};

describe('a draft', () => {
  it('comes back as it was kept', () => {
    expect(readDraft(writeDraft(draft))).toEqual(draft);
    expect(changedMasks(draft)).toEqual(['mask']);
  });

  it.each([null, '', 'nonsense', '[]', '{"mask":{"done":[{"tool":"spray"}]}}', '{"mask":1}'])(
    'is none where %j was kept',
    (text) => expect(changedMasks(readDraft(text))).toEqual([]),
  );

  it('is not kept without a change', () => {
    expect(writeDraft(NO_DRAFT)).toBeNull();
    expect(writeDraft({ nucleus: { base: { reading: null }, done: [], undone: [] } })).toBeNull();
  });

  it('that was put away can be done again, in order', () => {
    const away = allUndone(draft);
    expect(changedMasks(away)).toEqual([]);
    expect(writeDraft(away)).not.toBeNull();
    const layer = away.mask ?? { done: [], undone: [] };
    expect(redo(redo(redo(layer)))).toEqual({ done: draft.mask?.done, undone: draft.mask?.undone });
    expect(writeDraft(allUndone(NO_DRAFT))).toBeNull();
  });
});
