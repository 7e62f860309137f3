import { Kbd, type MaskName } from '@blastwise/ui';

const WORDS: Readonly<Record<MaskName, string>> = { mask: 'Mask', nucleus: 'Nuclei' };

/** Whether a mask was corrected in the viewer and goes with the reading. Of one height, whatever it says. */
export function MaskNote(props: {
  changed: readonly MaskName[];
  onPutAway: () => void;
  /** For who corrects the mask alone; null: the stage was chosen already, or there is none to keep. */
  onKeepStage: (() => void) | null;
}) {
  if (props.changed.length === 0) {
    return (
      <p className="mt-3 flex h-14 items-center gap-1.5 text-xs text-ink-3">
        Key <Kbd>e</Kbd> corrects the mask in the viewer.
      </p>
    );
  }
  return (
    <div className="mt-3 flex h-14 flex-col justify-center gap-1 rounded-md bg-warn-soft px-2 text-xs">
      <p className="font-medium text-warn">
        {props.changed.map((of) => WORDS[of]).join(' and ')} corrected, not recorded yet
      </p>
      <div className="flex gap-3">
        {props.onKeepStage ? (
          <button type="button" onClick={props.onKeepStage} className="underline underline-offset-2">
            Keep the stage as it stands
          </button>
        ) : (
          <span className="text-ink-2">Goes with this reading.</span>
        )}
        <button type="button" onClick={props.onPutAway} className="underline underline-offset-2">
          Undo all
        </button>
      </div>
    </div>
  );
}
