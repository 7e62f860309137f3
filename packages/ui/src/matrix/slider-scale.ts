/** Where a slider ends, and its step. */
export interface SliderScale {
  readonly max: number;
  readonly step: number;
}

/** A slider for costs around these: to at least twice the largest, at a round number (1, 2 or 5 times a power of ten). */
export function sliderScale(costs: readonly number[]): SliderScale {
  const reach = 2 * Math.max(0, ...costs.filter(Number.isFinite)) || 1;
  const power = 10 ** Math.floor(Math.log10(reach));
  const max = [1, 2, 5, 10].map((m) => m * power).find((end) => end >= reach) ?? 10 * power;
  return { max, step: max / 100 };
}
