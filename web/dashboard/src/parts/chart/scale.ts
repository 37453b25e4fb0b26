/** The steps that an axis of counts reads well in: 1, 2 or 5 of a power of ten, never a fraction of one. */
export function ticks(most: number, wanted = 4): number[] {
  const rough = Math.max(most, 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find(factor => factor * power >= rough) ?? 10) * power);
  const last = Math.ceil(Math.max(most, 1) / step);
  return Array.from({ length: last + 1 }, (_, at) => at * step);
}

/** Which labels fit under an axis: every nth of them. */
export function everyNth(labels: number, width: number, labelWidth: number): number {
  return Math.max(1, Math.ceil((labels * labelWidth) / Math.max(1, width)));
}
