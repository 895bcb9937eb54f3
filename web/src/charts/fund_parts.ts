// A currency of the Fund as a bar: of what was pledged or came in, how much is spent, allotted and not yet spent, received and
// not yet allotted, still to come. The parts add up to the whole; nothing is drawn twice.

export interface Sums {
  pledged: number; // minor units
  received: number;
  allotted: number;
  spent: number;
}

export const fundParts = ['spent', 'allotted', 'received', 'pledged'] as const;
export type FundPart = (typeof fundParts)[number];

export interface Part {
  part: FundPart;
  minor: number;
  share: number; // of the longest bar, 0 to 1
  start: number; // where it begins, 0 to 1
}

// What is left of each sum after the one inside it. Money may come in that nobody pledged, and be allotted ahead of what
// came in: a part is then empty, never negative.
export function partsOf(sums: Sums, most: number): Part[] {
  const nested: [FundPart, number][] = [
    ['spent', sums.spent],
    ['allotted', sums.allotted],
    ['received', sums.received],
    ['pledged', sums.pledged]
  ];
  let reached = 0;
  return nested.map(([part, sum]) => {
    const minor = Math.max(0, sum - reached);
    const start = most > 0 ? reached / most : 0;
    reached = Math.max(reached, sum);
    return { part, minor, share: most > 0 ? minor / most : 0, start };
  });
}

export const longest = (sums: Sums): number => Math.max(sums.pledged, sums.received, sums.allotted, sums.spent, 0);
