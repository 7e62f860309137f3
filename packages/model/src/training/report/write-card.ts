import { attachFiles, CARD_FILE, loadArtifact } from '../../artifact/index.ts';
import { EVIDENCE_FILE, type ModelEvidence } from '../../evidence/index.ts';
import { type CardModel, modelCard } from './model-card.ts';

/** The evidence and the card that tells it, as they lie in an artifact. @throws DomainError see `modelCard`. */
export const cardFiles = (
  model: CardModel,
  record: unknown,
  evidence: ModelEvidence,
): Record<string, string> => ({
  [EVIDENCE_FILE]: `${JSON.stringify(evidence, null, 2)}\n`,
  [CARD_FILE]: modelCard(model, record, evidence),
});

/** Puts evidence into a finished artifact and writes its card anew; the model's digest stays. */
export async function renewCard(dir: string, evidence: ModelEvidence): Promise<void> {
  const { manifest } = await loadArtifact(dir);
  await attachFiles(dir, cardFiles(manifest, manifest.run, evidence));
}
