import { type AuditEvent, appendAudit, type Queryable } from '@blastwise/db';

const MINUTE_MS = 60_000;

/**
 * Records what anybody can bring about without signing in: the first event of a kind at once, those that follow
 * within a minute as one more row with their number. A flood grows the trail by two rows a minute and kind.
 */
export class FoldedRecorder {
  readonly #foldings = new Map<string, { more: number }>();
  readonly #onError: (error: unknown) => void;
  readonly #minuteMs: number;

  constructor(onError: (error: unknown) => void, minuteMs = MINUTE_MS) {
    this.#onError = onError;
    this.#minuteMs = minuteMs;
  }

  /** `kind` must be one of a bounded number: our own path, a known account; never what a caller sends. */
  async record(db: Queryable, kind: string, event: AuditEvent): Promise<void> {
    const folding = this.#foldings.get(kind);
    if (folding) {
      folding.more += 1;
      return;
    }
    this.#foldings.set(kind, { more: 0 });
    setTimeout(() => this.#close(db, kind, event), this.#minuteMs).unref();
    await appendAudit(db, event);
  }

  #close(db: Queryable, kind: string, event: AuditEvent): void {
    const more = this.#foldings.get(kind)?.more ?? 0;
    this.#foldings.delete(kind);
    if (more === 0) return;
    const reason = `${event.reason ?? 'refused'}; ${more} more within a minute`;
    appendAudit(db, { ...event, reason }).catch(this.#onError);
  }
}
