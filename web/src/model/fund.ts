// The projects of the Fund as they are looked at: narrowed by theme and beneficiary, and what there is to narrow by.
import type { ProjectRow } from '$/api/fund';
import type { Named } from '$/api/types';

export interface FundFilter {
  theme: string;
  beneficiary: string;
}

export function projectsOf(projects: readonly ProjectRow[], filter: FundFilter): ProjectRow[] {
  return projects.filter(
    (each) =>
      (filter.theme === '' || each.themes.some((theme) => theme.id === filter.theme)) &&
      (filter.beneficiary === '' || each.beneficiaries.some((state) => state.id === filter.beneficiary))
  );
}

// Everything that is named, once, by its name.
//   tag  the language whose order of letters counts
export function namesIn(things: readonly Named[], tag: string): Named[] {
  const once = new Map(things.map((each) => [each.id, each]));
  return [...once.values()].sort((a, b) => a.name.localeCompare(b.name, tag));
}
