import { join } from 'node:path';
import type { BackboneName } from '../architecture/index.ts';

/** Where a folder of weights keeps those of a backbone; `weights import` and `weights fetch` write them. */
export const weightsFile = (folder: string, backbone: BackboneName): string =>
  join(folder, `${backbone}.safetensors`);
