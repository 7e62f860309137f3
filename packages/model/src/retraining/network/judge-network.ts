import type { CostMatrix, StageVector } from '@blastwise/contracts';
import type { CachedView } from '../../training/cache/index.ts';
import type { AskUpper } from '../../training/stages/index.ts';
import { type JudgedHead, type JudgedRow, judgeRows } from '../judge-validation.ts';
import type { PreparedNetwork } from './prepare.ts';

type Judged = Pick<PreparedNetwork, 'fields' | 'own'>;

/**
 * The corrected fields that epochs are judged on, by index: those of the validation side, or, where none fell on it, those
 * of the training side.
 */
export function judgedCorrections({ fields, own }: Judged): number[] {
  const on = (side: 'train' | 'validation') =>
    fields.flatMap((field, i) => (i >= own && field.side === side ? [i] : []));
  const held = on('validation');
  return held.length > 0 ? held : on('train');
}

/** What epochs are judged on, by index of the fields: the base's validation side and corrected fields. */
export function judgedFields({ fields, own }: Judged): number[] {
  const ofBase = fields.flatMap((field, i) => (i < own && field.side === 'validation' ? [i] : []));
  return [...ofBase, ...judgedCorrections({ fields, own })];
}

/**
 * Judges an upper part on the fields as they are and in the copies that keep their stage, as far as those are cached: a
 * network that reads the background does badly on them. The figures are of the fields as they are.
 */
export function networkJudge(
  ask: AskUpper,
  views: readonly CachedView[],
  judged: Judged,
  costs: CostMatrix,
): () => Promise<JudgedHead> {
  const wanted = new Set(judgedFields(judged));
  const rowOf = (field: number, logits: StageVector): JudgedRow[] => {
    const stage = judged.fields[field]?.stage;
    return stage ? [{ logits, stage, corrected: field >= judged.own }] : [];
  };
  const shown = views.filter(({ use, kind }) => use === 'judge' && kind !== 'cell-less');
  return async () => {
    const results: (JudgedHead & { kind: string })[] = [];
    for (const view of shown) {
      const { fields, logits } = await ask(view, (field) => wanted.has(field));
      const rows = fields.flatMap((field, i) => logits.slice(i, i + 1).flatMap((z) => rowOf(field, z)));
      if (rows.length > 0) results.push({ kind: view.kind, ...judgeRows(rows, costs) });
    }
    const plain = results.find(({ kind }) => kind === 'plain');
    if (!plain) throw new RangeError('There is no view of the fields as they are.');
    const score = results.reduce((sum, result) => sum + result.score, 0) / results.length;
    return { score, figures: plain.figures };
  };
}
