// Classes of counts: which counts are shown alike, and by which step of the ramp of colour.

export const classesMax = 5;

// Upper bounds of the classes that counts are shown by: by the geometric scale, because few pairs are named often and
// many once. Never more classes than there are different counts.
//   returns  ascending, at most five, the last the largest count; empty if there is nothing
//   example  classBounds([1, 1, 2, 3, 40]) is [1, 3, 8, 19, 40]
export function classBounds(counts: readonly number[]): number[] {
  const distinct = [...new Set(counts.filter((count) => count > 0))].sort((a, b) => a - b);
  const largest = distinct.at(-1);
  if (largest === undefined) return [];
  if (distinct.length <= classesMax) return distinct;
  const bounds = new Set<number>();
  for (let at = 1; at <= classesMax; ++at) bounds.add(Math.max(1, Math.round(largest ** (at / classesMax))));
  // A scale that begins at 1 has one class for what was said once.
  return [...bounds.add(1)].sort((a, b) => a - b).slice(-classesMax);
}

// The class of a count: 0 for nothing, 1 for the lowest.
export function classOf(count: number, bounds: readonly number[]): number {
  if (count <= 0) return 0;
  const at = bounds.findIndex((bound) => count <= bound);
  return at < 0 ? bounds.length : at + 1;
}

// The counts that each class holds, for the legend.
//   example  classRanges([1, 3, 8]) is [[1, 1], [2, 3], [4, 8]]
export function classRanges(bounds: readonly number[]): [number, number][] {
  return bounds.map((bound, at) => [(bounds[at - 1] ?? 0) + 1, bound]);
}

// The step of colour for a class, so that few classes still use the whole ramp: 1 (faint) to 5 (strong).
export function rampStep(classNumber: number, classes: number): number {
  if (classNumber <= 0) return 0;
  if (classes <= 1) return 3;
  return 1 + Math.round(((classNumber - 1) / (classes - 1)) * (classesMax - 1));
}
