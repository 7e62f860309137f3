import { join } from 'node:path';
import { readStartEnv } from '../start/env.ts';

/** Where `weights fetch` and `weights import` put weights and `train` looks for them: in the data folder. */
export const weightsFolder = (): string => join(readStartEnv().dataDir, 'weights');
