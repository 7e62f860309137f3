import { basename } from 'node:path';
import { BACKBONES, buildNetwork } from '../architecture/index.ts';
import { type NamedTensor, writeSafetensors, writeWhole } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { expectedWeights } from './expected-weights.ts';
import { digestsOf, type FileDigests, isOf } from './file-digest.ts';
import { withHdf5 } from './hdf5.ts';
import { kerasWeights } from './keras-file.ts';
import { matchWeights } from './match-weights.ts';
import { type ImportedBackbone, PUBLISHED_WEIGHTS } from './published.ts';

export interface ImportedWeights {
  readonly architecture: ImportedBackbone;
  readonly weights: number;
  readonly parameters: number;
  /** Of the `.h5` file. */
  readonly digests: FileDigests;
  /** Whether that is one of the files that Keras publishes for the architecture, by digest. */
  readonly published: boolean;
}

/** The weights of a Keras file by our names. @throws DomainError NOT_FOUND, or BAD_INPUT saying what does not fit. */
export async function readKerasWeights(file: string, architecture: ImportedBackbone): Promise<NamedTensor[]> {
  const label = basename(file);
  // An engine that is not in use yet allocates nothing for weights that nobody reads.
  if (!tf.engine().backendName) await selectEngine('cpu');
  // Fully convolutional: its weights do not hang on the size.
  const network = buildNetwork(architecture, BACKBONES[architecture].stages(), [32, 32, 3]);
  const expected = expectedWeights(network);
  network.dispose();
  return withHdf5(file, (root) => matchWeights(kerasWeights(root, label), expected, { label, architecture }));
}

/** Reading, checking and writing, each of which tells when it is done. */
const STEPS = 3;

/**
 * Turns a Keras application's `.h5` into `out`, a safetensors file by our names that training reads. The same file gives
 * the same bytes.
 *
 * @throws DomainError NOT_FOUND, or BAD_INPUT saying what does not fit.
 */
export async function importWeights(
  file: string,
  architecture: ImportedBackbone,
  out: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<ImportedWeights> {
  const tensors = await readKerasWeights(file, architecture);
  onProgress(1, STEPS);
  const digests = await digestsOf(file);
  onProgress(2, STEPS);
  const { digest, withTop } = PUBLISHED_WEIGHTS[architecture];
  const published = isOf(digest, digests) || isOf(withTop, digests);
  const metadata = { architecture, sourceSha256: digests.sha256, published: String(published) };
  await writeWhole(out, writeSafetensors(tensors, metadata));
  onProgress(STEPS, STEPS);
  const parameters = tensors.reduce((sum, { data }) => sum + data.length, 0);
  return { architecture, weights: tensors.length, parameters, digests, published };
}
