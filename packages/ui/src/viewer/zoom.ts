/** How an image lies in its frame: image pixel (0, 0) at (`x`, `y`), each image pixel `scale` CSS pixels wide. */
export interface View {
  scale: number;
  x: number;
  y: number;
}
export interface Size {
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}

export const MAX_SCALE = 40;

/** The whole image, centred, with a margin in CSS pixels; small images are enlarged. */
export function fit(frame: Size, image: Size, margin = 12): View {
  const room = {
    width: Math.max(frame.width - 2 * margin, 1),
    height: Math.max(frame.height - 2 * margin, 1),
  };
  const scale = Math.min(room.width / image.width, room.height / image.height, MAX_SCALE);
  return center(scale, frame, image);
}

function center(scale: number, frame: Size, image: Size): View {
  return { scale, x: (frame.width - image.width * scale) / 2, y: (frame.height - image.height * scale) / 2 };
}

/** Keeps the image in reach: centred where it is smaller than the frame, never past its edges where larger. */
export function contain(view: View, frame: Size, image: Size): View {
  const axis = (offset: number, length: number, room: number): number => {
    const free = room - length;
    return free >= 0 ? free / 2 : Math.min(0, Math.max(free, offset));
  };
  return {
    scale: view.scale,
    x: axis(view.x, image.width * view.scale, frame.width),
    y: axis(view.y, image.height * view.scale, frame.height),
  };
}

/** Zooms by `factor`; what lies under `at` (frame coordinates) stays under it as far as the edges allow. */
export function zoomAt(view: View, factor: number, at: Point, frame: Size, image: Size): View {
  const least = Math.min(fit(frame, image).scale, 1);
  const scale = Math.min(MAX_SCALE, Math.max(least, view.scale * factor));
  const grow = scale / view.scale;
  return contain({ scale, x: at.x - (at.x - view.x) * grow, y: at.y - (at.y - view.y) * grow }, frame, image);
}

export function panBy(view: View, dx: number, dy: number, frame: Size, image: Size): View {
  return contain({ ...view, x: view.x + dx, y: view.y + dy }, frame, image);
}

/** The image pixel under a point of the frame, or null outside the image. */
export function pixelAt(view: View, at: Point, image: Size): Point | null {
  const x = Math.floor((at.x - view.x) / view.scale);
  const y = Math.floor((at.y - view.y) / view.scale);
  return x >= 0 && y >= 0 && x < image.width && y < image.height ? { x, y } : null;
}

/** Keeps the middle of the frame in the middle when the frame changes its size. */
export function reframe(view: View, before: Size, after: Size, image: Size): View {
  return panBy(view, (after.width - before.width) / 2, (after.height - before.height) / 2, after, image);
}
