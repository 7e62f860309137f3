/** A cell with its nucleus. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" role="img" aria-label="Blastwise" className={className}>
      <circle cx="16" cy="16" r="12" fill="none" stroke="currentColor" strokeWidth="2" />
      <path
        d="M10 18.2a6.9 6.9 0 0 1 11.9-5.7 5.1 5.1 0 0 1-2.8 8.9A6.4 6.4 0 0 1 10 18.2Z"
        fill="var(--accent)"
      />
    </svg>
  );
}
