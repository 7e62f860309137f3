import { Callout } from '@blastwise/ui';

/** Answers or truths that a matrix makes pointless; a warning that forbids nothing. */
export function DominanceWarnings({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <Callout tone="warn" title="These costs make a stage pointless" className="mt-4">
      <ul className="list-disc pl-4">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Callout>
  );
}
