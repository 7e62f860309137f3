import { countOf, passedOverText } from './training-words.ts';
import type { TrainingGround } from './types.ts';

/** What a training asked for now would learn from. */
export function GroundCounts({ ground }: { ground: TrainingGround }) {
  const { base, passedOver, settled, patients, reserved, fresh, folder } = ground;
  const counts: readonly [string, number, string][] = [
    ['Settled fields', settled, patients === 1 ? 'of 1 patient' : `of ${patients} patients`],
    ['To learn from', settled - reserved, 'each weighs like a field of the base'],
    ['New to the base', fresh, 'unknown to it, or by another stage'],
    ['Kept for the test side', reserved, 'a fixed fifth of all patients, never learned from'],
  ];
  return (
    <section aria-label="What there is to learn from">
      <dl className="grid grid-cols-2 gap-x-8 gap-y-5 lg:grid-cols-4">
        {counts.map(([label, count, hint]) => (
          <div key={label} className="border-t border-rule-strong pt-2">
            <dt className="eyebrow">{label}</dt>
            <dd>
              <span className="tabular block text-2xl font-semibold">{count}</span>
              <span className="text-xs text-ink-3">{hint}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 max-w-[52rem] text-xs text-ink-3">
        {base ? (
          <>
            Base: {base.name}{' '}
            <span className="font-mono text-2xs select-all" title={base.digest}>
              {base.digest.slice(0, 12)}
            </span>
            {passedOver ? `. ${passedOverText(ground)}` : ', the model in service.'}{' '}
          </>
        ) : null}
        Head, from cached features: backbone, U-Net and masks stay as they are, and the last layers learn
        again from the features that the base keeps of its own fields and extracts from yours. Images that
        show what a held-out image shows are left out and named.
      </p>
      <p className="mt-2 max-w-[52rem] text-xs text-ink-3">
        <FolderSentence folder={folder} />
      </p>
    </section>
  );
}

/** Whether blocks and U-Net can be trained, and from what. */
function FolderSentence({ folder }: Pick<TrainingGround, 'folder'>) {
  if (!folder)
    return (
      <>
        Blocks and U-Net: no inference service has a data folder with the base’s own fields, so the head alone
        can be trained.
      </>
    );
  if (folder.problem) return <>Blocks and U-Net cannot be trained. {folder.problem}</>;
  return (
    <>
      Blocks and U-Net, from {countOf(folder.fields)} of the registered folder: the upper blocks, the U-Net
      and the head learn again, from the base’s weights. {countOf(folder.edited)} to learn from{' '}
      {folder.edited === 1 ? 'has' : 'have'} a mask that a reader drew, which counts more than one found by
      stain. A locked test set of features cannot judge the result, for its network sees other features; one
      of images can.
    </>
  );
}
