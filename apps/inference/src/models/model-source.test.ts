import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CALIBRATION_METHOD,
  FEATURE_COUNT,
  FEATURES_VERSION,
  PREPROCESSING_VERSION,
  saveArtifact,
  svmTensors,
} from '@blastwise/model';
import { expect, it } from 'vitest';
import { readEnv } from '../env.ts';
import { createLogger } from '../log.ts';
import { modelSource } from './model-source.ts';

it('refuses a model that cannot say where it looked, in one sentence', async () => {
  const modelDir = await mkdtemp(join(tmpdir(), 'blastwise-served-'));
  const pairs = new Float32Array(6);
  const digest = await saveArtifact(modelDir, {
    name: 'svm',
    architecture: { kind: 'svm', config: { features: FEATURES_VERSION, sigma: 1, c: 1 } },
    preprocessing: PREPROCESSING_VERSION,
    calibration: {
      method: CALIBRATION_METHOD,
      temperature: 1,
      bias: [0, 0, 0, 0],
      prior: [0.25, 0.25, 0.25, 0.25],
    },
    run: {},
    weights: svmTensors({
      sigma: 1,
      mean: new Float32Array(FEATURE_COUNT),
      spread: new Float32Array(FEATURE_COUNT).fill(1),
      vectors: new Float32Array(FEATURE_COUNT),
      coefficients: pairs,
      offsets: pairs,
      slopes: pairs,
      intercepts: pairs,
    }),
  });
  const env = readEnv({ BLASTWISE_SERVICE_TOKEN: 'a-token-long-enough', BLASTWISE_MODEL_DIR: modelDir });
  await expect(modelSource(env, createLogger('silent')).open(digest)).rejects.toThrow(
    'The model svm is no network (svm): only a hybrid network can be served: it alone says where in a field it looked.',
  );
  await rm(modelDir, { recursive: true });
});
