import sharp from 'sharp';

const EDGE = 160;
const LARGEST = 2_000;

/** Small pictures of stored fields, made when first asked for; the latest few thousand stay in memory (about 10 MB). */
export class Thumbnails {
  readonly #kept = new Map<string, Promise<Uint8Array>>();

  of(sha256: string, original: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = this.#kept.get(sha256);
    if (known) return known;
    const made = original().then(shrink);
    this.#kept.set(sha256, made);
    made.catch(() => this.#kept.delete(sha256));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > LARGEST && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }
}

async function shrink(png: Uint8Array): Promise<Uint8Array> {
  const webp = sharp(png).resize(EDGE, EDGE, { fit: 'cover' }).webp({ quality: 80 });
  return new Uint8Array(await webp.toBuffer());
}
