import { readingsOf, upright } from './landmark-keys.ts';
import type { Landmark } from './landmarks.ts';

/** A copy is moved by at most a tenth of the side, 5.6 pixels of the thumbnail; and its landmarks by one more. */
const FARTHEST = 7;
/** Fields of fewer landmarks are compared with all: such a copy may have lost what it had. */
const FEW = 7;

/** Fields by their landmarks: finds those that may show the same cells, without looking at the others. */
export class LandmarkIndex {
  /** Last landmark of a key. */
  readonly #last = new Map<number, number>();
  /** For each landmark the one before of its key, or -1; its field and its upright place. */
  readonly #before: number[] = [];
  readonly #fields: number[] = [];
  readonly #x: number[] = [];
  readonly #y: number[] = [];
  readonly #all: number[] = [];
  readonly #bare: number[] = [];

  add(field: number, landmarks: readonly Landmark[]): void {
    this.#all.push(field);
    if (landmarks.length < FEW) this.#bare.push(field);
    for (const landmark of landmarks) {
      const { key, x, y } = upright(landmark);
      const at = this.#fields.length;
      this.#before.push(this.#last.get(key) ?? -1);
      this.#last.set(key, at);
      this.#fields.push(field);
      this.#x.push(x);
      this.#y.push(y);
    }
  }

  /** Fields, each once, that share a landmark with this one at about the same place, in whatever way both are turned. */
  like(landmarks: readonly Landmark[]): Iterable<number> {
    if (landmarks.length < FEW) return this.#all;
    const found = new Set(this.#bare);
    for (const { keys, x, y } of landmarks.flatMap(readingsOf))
      for (const key of keys)
        for (let at = this.#last.get(key) ?? -1; at >= 0; at = this.#before[at] ?? -1)
          if (Math.max(Math.abs((this.#x[at] ?? 0) - x), Math.abs((this.#y[at] ?? 0) - y)) <= FARTHEST)
            found.add(this.#fields[at] ?? 0);
    return found;
  }
}
