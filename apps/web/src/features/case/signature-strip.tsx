import { SIGNATURE_MEANINGS } from '@blastwise/contracts';
import { Badge, type Tone } from '@blastwise/ui';
import { ShieldAlert, ShieldCheck, ShieldX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Moment, utcTime } from '../shared/index.ts';
import { SIGNATURE_STATES } from './signing-words.ts';
import type { CaseDetail } from './types.ts';

type Signature = CaseDetail['signing']['signatures'][number];

const LOOKS: Readonly<Record<Signature['state'], { tone: Tone; icon: ReactNode }>> = {
  valid: { tone: 'good', icon: <ShieldCheck aria-hidden="true" /> },
  changed: { tone: 'warn', icon: <ShieldAlert aria-hidden="true" /> },
  'not-genuine': { tone: 'bad', icon: <ShieldX aria-hidden="true" /> },
};

/** Who signed the case, when and as what, and whether each signature still holds. Nothing without any. */
export function SignatureStrip({ signing: { signatures } }: Pick<CaseDetail, 'signing'>) {
  const [latest, ...earlier] = signatures;
  if (!latest) return null;
  return (
    <section
      aria-label="Signatures"
      className="flex max-h-28 flex-col gap-1 overflow-y-auto border-b border-rule bg-surface px-5 py-1.5"
    >
      <SignatureLine signature={latest} />
      {earlier.length > 0 ? (
        <details>
          <summary className="w-fit cursor-pointer text-xs text-ink-3">
            {earlier.length} earlier {earlier.length === 1 ? 'signature' : 'signatures'}
          </summary>
          <ol className="mt-1 flex flex-col gap-1">
            {earlier.map((signature) => (
              <li key={signature.id}>
                <SignatureLine signature={signature} />
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </section>
  );
}

function SignatureLine({ signature }: { signature: Signature }) {
  const { word, hint } = SIGNATURE_STATES[signature.state];
  const { tone, icon } = LOOKS[signature.state];
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 text-xs text-ink-2">
      <Badge tone={tone}>
        {icon} {word}
      </Badge>
      <span>
        <span className="font-medium text-ink">{signature.name}</span>, {signature.role}: “
        {SIGNATURE_MEANINGS[signature.meaning]}”
      </span>
      <span className="tabular text-ink-3">
        <Moment at={signature.signedAt} as="exact" /> ({utcTime(signature.signedAt)})
      </span>
      {signature.state === 'valid' ? null : <span className="text-ink-3">{hint}</span>}
    </p>
  );
}
