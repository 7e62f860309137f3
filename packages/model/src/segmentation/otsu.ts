/**
 * Otsu's threshold (Otsu 1979): the cut that maximises the variance between the two classes.
 * @returns the first bin of the upper class, 1..bins-1; where a range of cuts is equally good, its middle.
 */
export function otsuBin(histogram: ArrayLike<number>): number {
  let total = 0;
  let sum = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    total += histogram[bin] ?? 0;
    sum += bin * (histogram[bin] ?? 0);
  }
  let best = -1;
  let first = 1;
  let last = 1;
  let below = 0;
  let sumBelow = 0;
  for (let bin = 1; bin < histogram.length; bin++) {
    below += histogram[bin - 1] ?? 0;
    sumBelow += (bin - 1) * (histogram[bin - 1] ?? 0);
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (sumBelow / below - (sum - sumBelow) / above) ** 2;
    if (between > best) {
      best = between;
      first = bin;
    }
    if (between === best) last = bin;
  }
  return Math.round((first + last) / 2);
}
