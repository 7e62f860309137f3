import type { EngineName } from '@blastwise/model';

export interface BenchContext {
  /** Model artifact. */
  readonly folder: string;
  /** Engine of the parts `backbones` and `training`; `auto` for every one. */
  readonly engine: EngineName;
  readonly url: string | undefined;
  readonly demo: string | undefined;
}
