import sharp, { type Sharp } from 'sharp';
import { clampByte, luminanceAt, mapTones, type RgbImage } from '../../images/index.ts';
import type { SeededRandom } from '../../random/index.ts';

/** Standard deviations of what differs between cameras, lamps and stains. */
const CHANNEL_GAIN = 0.06;
const BRIGHTNESS = 0.08;
const OFFSET = 6;
const LOG_GAMMA = 0.12;
/**
 * Most of the colours that a photograph has, against the field's own; the least is none. Networks read at half of the
 * colours (`saturation` of the hybrid), so that what they are shown lies evenly around what they will read.
 */
const STRONGEST = 2;
/** Smallest part of the side that a closer view shows. */
const CLOSEST = 0.82;
const SHARES = { closer: 0.5, blurred: 0.25, noisy: 0.2, jpeg: 0.4 } as const;

type Change = (data: Uint8Array) => Promise<Uint8Array>;

/** Tone of the whole photograph: one curve a channel. */
function tone(image: RgbImage, random: SeededRandom): RgbImage {
  const brightness = 1 + random.normal() * BRIGHTNESS;
  const gamma = Math.exp(random.normal() * LOG_GAMMA);
  const lines = [0, 1, 2].map(() => {
    const gain = brightness * (1 + random.normal() * CHANNEL_GAIN);
    return { gain, offset: random.normal() * OFFSET };
  });
  return mapTones(image, (value, c) => {
    const { gain = 1, offset = 0 } = lines[c] ?? {};
    return 255 * (value / 255) ** gamma * gain + offset;
  });
}

/** Every pixel nearer to its own grey, or farther: `saturation` 0 is grey, 1 as it is. */
function saturate({ data }: RgbImage, saturation: number): Uint8Array {
  const saturated = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    const grey = Math.round(luminanceAt(data, i)) * (1 - saturation);
    for (let c = i; c < i + 3; c++) saturated[c] = clampByte(grey + (data[c] ?? 0) * saturation);
  }
  return saturated;
}

/**
 * The same field by another camera: tone curve, paler or stronger colours, a mildly closer view (no empty corners), blur or grain, JPEG. Neither
 * colour nor sharpness nor compression may tell the stage. RGB 0..255 in and out, square, of the same size.
 */
export async function photograph(image: RgbImage, random: SeededRandom): Promise<RgbImage> {
  const size = image.width;
  const raw = { raw: { width: size, height: size, channels: 3 as const } };
  const open = (data: Uint8Array) => sharp(data, raw);
  const bytes = async (picture: Sharp) => new Uint8Array(await picture.raw().toBuffer());

  const closer: Change = (data) => {
    const side = Math.round(size * (CLOSEST + (1 - CLOSEST) * random.next()));
    const [left, top] = [random.int(size - side + 1), random.int(size - side + 1)];
    const part = { left, top, width: side, height: side };
    return bytes(open(data).extract(part).resize(size, size, { kernel: 'cubic' }));
  };
  const blurred: Change = (data) => bytes(open(data).blur(0.4 + 0.8 * random.next()));
  const noisy: Change = async (data) => {
    const strength = 6 * random.next();
    return data.map((v) => clampByte(v + strength * random.normal()));
  };
  const jpeg: Change = async (data) =>
    bytes(
      sharp(
        await open(data)
          .jpeg({ quality: 45 + random.int(50) })
          .toBuffer(),
      ),
    );

  const toned = tone(image, random);
  let data = saturate(toned, STRONGEST * random.next());
  if (random.next() < SHARES.closer) data = await closer(data);
  const grain = random.next();
  if (grain < SHARES.blurred) data = await blurred(data);
  else if (grain < SHARES.blurred + SHARES.noisy) data = await noisy(data);
  if (random.next() < SHARES.jpeg) data = await jpeg(data);
  return { ...image, data };
}
