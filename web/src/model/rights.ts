// What each role may do, as a table (docs/access.md, roles). A role gives no right to read: that follows from the handling
// of a document.
import type { Role } from '$/api/types';

export const roles: Role[] = ['reader', 'reviewer', 'officer', 'administrator'];

// From which role on.
const rights = {
  read: 'reader',
  export: 'reader',
  review: 'reviewer',
  revise: 'reviewer',
  warn: 'reviewer',
  upload: 'officer',
  handling: 'officer',
  exportAmber: 'officer',
  accounts: 'administrator',
  erase: 'administrator',
  log: 'administrator'
} as const satisfies Record<string, Role>;

export type RightName = keyof typeof rights;
export const rightNames = Object.keys(rights) as RightName[];

export const mayDo = (role: Role, right: RightName): boolean => roles.indexOf(role) >= roles.indexOf(rights[right]);
