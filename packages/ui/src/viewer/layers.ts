import type { ReactNode } from 'react';
import type { StageName } from '../stages/stages.ts';
import type { CellBox } from './cell-layer.tsx';

/** What can be laid over a field beside its mask; a part that a result lacks is null and is not offered. */
export interface FieldLayers {
  /** Whether the masks are those that a reader corrected, or the model's. Null: nobody has corrected any. */
  readonly corrected: {
    readonly shown: boolean;
    readonly onShown: (shown: boolean) => void;
    /** Whose correction, in words. */
    readonly by: string;
  } | null;
  readonly nuclei: {
    /** PNG, white inside. */
    readonly src: string;
    readonly shown: boolean;
    readonly onShown: (shown: boolean) => void;
  } | null;
  readonly heat: {
    /** Grey PNG of a stage, 0 none, 255 most. */
    readonly srcOf: (stage: StageName) => string;
    /** Null: off. */
    readonly stage: StageName | null;
    readonly onStage: (stage: StageName | null) => void;
    /** 0..1 */
    readonly opacity: number;
    readonly onOpacity: (opacity: number) => void;
  } | null;
  readonly boxes: {
    readonly cells: readonly CellBox[];
    readonly shown: boolean;
    readonly onShown: (shown: boolean) => void;
    /** The cell looked at more closely, by pointer here or in a list elsewhere. */
    readonly current: number | null;
    readonly onCurrent: (index: number | null) => void;
    /** What is said of a cell. */
    readonly describe: (index: number) => ReactNode;
  } | null;
  /** A short fact, such as the scale at which the field was read. */
  readonly note: ReactNode;
}
