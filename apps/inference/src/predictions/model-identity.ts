import { type Artifact, artifactPlots } from '@blastwise/model';
import type { ModelIdentity } from './served-model.ts';

/** How an artifact is made known. */
export const identityOf = (artifact: Artifact): ModelIdentity => ({
  digest: artifact.digest,
  name: artifact.manifest.name,
  card: artifact.card,
  plots: artifactPlots(artifact),
  manifest: artifact.manifest,
});
