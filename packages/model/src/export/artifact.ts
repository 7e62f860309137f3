import { type Artifact, hybridConfigOf } from '../artifact/index.ts';
import { exportHybridOnnx } from './hybrid.ts';

/** The network of an artifact as an ONNX file; see {@link exportHybridOnnx} for its inputs and outputs. */
export function exportOnnx({ manifest, digest, weights }: Artifact): Promise<Uint8Array> {
  const { name, preprocessing, stages } = manifest;
  const metadata = { name, digest, preprocessing, stages: stages.join(',') };
  return exportHybridOnnx(hybridConfigOf(manifest, 'exported'), weights, metadata);
}
