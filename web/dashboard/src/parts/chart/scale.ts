/** The steps that an axis of counts reads well in: 1, 2 or 5 of a power of ten, never a fraction of one. */
export function ticks(most: number, wanted = 4): number[] {
  const rough = Math.max(most, 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find(factor => factor * power >= rough) ?? 10) * power);
  const last = Math.ceil(Math.max(most, 1) / step);
  return Array.from({ length: last + 1 }, (_, at) => at * step);
}

/** Which of the labels under an axis are written: where a new one begins, with room before the next, at even distances. */
export function spaced(labels: readonly string[], width: number, labelWidth: number): number[] {
  const slot = width / Math.max(1, labels.length);
  const starts = labels.map((_, index) => index).filter(index => labels[index] !== labels[index - 1]);
  // The first day may have begun before the axis does.
  if (starts.length > 2 && starts[1]! - starts[0]! < starts[2]! - starts[1]!) starts.shift();
  const step = starts.length > 1 ? (starts[1]! - starts[0]!) * slot : width;
  const nth = Math.max(1, Math.ceil(labelWidth / Math.max(1, step)));
  return starts.filter((_, at) => at % nth === 0);
}
