import {
  buildHybrid,
  CALIBRATION_METHOD,
  DEFAULT_HYBRID,
  PREPROCESSING_VERSION,
  readWeights,
  saveArtifact,
  seededRandom,
  selectEngine,
} from '@blastwise/model';

/**
 * An untrained but whole artifact. The seed decides its last layer alone, so models of one saturation share a network.
 * Returns its digest.
 */
export async function writeTinyModel(dir: string, seed: number, saturation = 0.5): Promise<string> {
  await selectEngine('wasm');
  const random = seededRandom(seed);
  const config = { ...DEFAULT_HYBRID, unetFilters: [2, 4, 4], head: [8], saturation };
  const parts = buildHybrid(config);
  const weights = readWeights(parts.whole).map((weight) =>
    weight.name === 'stage_logits/kernel'
      ? { ...weight, data: Float32Array.from({ length: weight.data.length }, () => random.normal()) }
      : weight,
  );
  parts.dispose();
  return saveArtifact(dir, {
    name: `model-${seed}`,
    architecture: { kind: 'hybrid', config },
    preprocessing: PREPROCESSING_VERSION,
    calibration: {
      method: CALIBRATION_METHOD,
      temperature: 1,
      bias: [0, 0, 0, 0],
      prior: [0.25, 0.25, 0.25, 0.25],
    },
    run: {},
    weights,
  });
}
