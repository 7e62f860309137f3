import type { Certainty, Confirmation, Severity } from '@blastwise/contracts';

/** What each answer of the form means, in a reader's words. */
export const CERTAINTY_WORDS: Readonly<Record<Certainty, string>> = {
  sure: 'Sure',
  probable: 'Probable',
  unsure: 'Unsure',
};

export const CONFIRMATION_WORDS: Readonly<Record<Confirmation, { label: string; hint: string }>> = {
  morphology: { label: 'Morphology', hint: 'Read by eye; experts agree only moderately' },
  cytochemistry: { label: 'Cytochemistry', hint: 'For instance myeloperoxidase or PAS' },
  'flow-cytometry': { label: 'Flow cytometry', hint: 'Immunophenotype of the same sample' },
  genetics: { label: 'Genetics', hint: 'Karyotype, FISH or sequencing' },
};

export const SEVERITY_WORDS: Readonly<Record<Severity, { label: string; hint: string }>> = {
  none: { label: 'None', hint: 'The answer was right, or its error would have changed nothing.' },
  minor: { label: 'Minor', hint: 'Extra work or a repeated smear; no harm to the patient.' },
  moderate: { label: 'Moderate', hint: 'An avoidable test or a short delay of treatment.' },
  serious: { label: 'Serious', hint: 'The wrong risk group or protocol; harm that can be made good.' },
  critical: { label: 'Critical', hint: 'Leukemia missed, or chemotherapy for a healthy patient.' },
};

const FAILURES: Readonly<Record<string, string>> = {
  NOT_AN_IMAGE: 'The stored picture could not be read.',
  IMAGE_TRUNCATED: 'The picture is incomplete.',
  UNAVAILABLE: 'The inference service was not available.',
  ARTIFACT_INVALID: 'The model in service could not be loaded.',
};

export const failureSentence = (code: string | null): string =>
  (code === null ? undefined : FAILURES[code]) ?? 'The analysis failed for a reason that was recorded.';
