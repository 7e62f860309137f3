/** Where a line has nothing to say. */
export const Nothing = () => (
  <span className="text-ink-3">
    <span aria-hidden="true">–</span>
    <span className="sr-only">none</span>
  </span>
);
