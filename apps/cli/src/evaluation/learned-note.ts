/** What a reader of figures must know of the fields behind them; null where the model learned from none. */
export function learnedNote(model: string, learnedFrom: number | null, n: number): string | null {
  if (learnedFrom === null)
    return `Whether ${model} learned from some of the fields that it is judged on is not known.`;
  if (learnedFrom === 0) return null;
  return `${model} learned from ${learnedFrom} of the ${n} fields that it is judged on, which flatters its figures.`;
}
