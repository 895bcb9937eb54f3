// An UpSet plot of memberships: sets are organizations, members are States, each column one exact combination.
//   source  Lex et al. (2014), UpSet: Visualization of Intersecting Sets, IEEE TVCG 20(12)

export interface UpsetSet {
  id: string;
  name: string;
  short: string;
  size: number;
}

export interface UpsetColumn<M> {
  key: string; // ids of its sets, joined
  sets: string[]; // in the order of the rows
  members: M[];
  first: number; // rows between which its line runs
  last: number;
}

export interface Upset<M> {
  sets: UpsetSet[];
  columns: UpsetColumn<M>[];
  largest: number;
  largestSet: number;
}

export interface Combination<M> {
  organizations: { id: string; name: string; short?: string }[];
  states: M[];
}

// Rows: the largest set first. Columns: the largest combination first; of equals, those of more sets first, because what
// more organizations share is what a person looks for.
export function upsetOf<M>(
  parts: readonly Combination<M>[],
  chosen: readonly { id: string; name: string; short?: string }[]
): Upset<M> {
  const sets = new Map<string, UpsetSet>();
  for (const each of [...chosen, ...parts.flatMap((part) => part.organizations)]) {
    if (!sets.has(each.id)) sets.set(each.id, { id: each.id, name: each.name, short: each.short || each.id, size: 0 });
  }
  for (const part of parts) {
    for (const organization of part.organizations) {
      const set = sets.get(organization.id);
      if (set) set.size += part.states.length;
    }
  }
  const rows = [...sets.values()].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
  const row = new Map(rows.map((set, at) => [set.id, at]));
  const columns = parts
    .filter((part) => part.states.length > 0 && part.organizations.length > 0)
    .map((part) => {
      const at = part.organizations.map((each) => row.get(each.id) ?? 0).sort((a, b) => a - b);
      return {
        key: at.map((each) => rows[each]?.id ?? '').join('+'),
        sets: at.map((each) => rows[each]?.id ?? ''),
        members: part.states,
        first: at[0] ?? 0,
        last: at.at(-1) ?? 0
      };
    })
    .sort((a, b) => b.members.length - a.members.length || b.sets.length - a.sets.length || (a.key < b.key ? -1 : 1));
  return {
    sets: rows,
    columns,
    largest: Math.max(0, ...columns.map((column) => column.members.length)),
    largestSet: Math.max(0, ...rows.map((set) => set.size))
  };
}
