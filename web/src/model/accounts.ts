// The form of an account: what is wrong with it before it is sent.
import type { Role } from '$/api/types';
import type { AccountChange, AccountRow, Entity } from '$/api/work_types';

// Among the statuses of an account: those that the register gives its party for the instant.
export const byRegister = 'register';

export interface AccountDraft {
  id: string;
  name: string;
  role: Role;
  email: string;
  party: Entity | null;
  byRegister: boolean;
  statuses: Entity[];
}

// As the server takes it: small letters, digits, . _ -
export const isAccountId = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(text);

export function draftOf(account: AccountRow | null, statusName: (id: string) => string): AccountDraft {
  if (!account) return { id: '', name: '', role: 'reader', email: '', party: null, byRegister: true, statuses: [] };
  return {
    id: account.id,
    name: account.name,
    role: account.role,
    email: account.email ?? '',
    party: account.party ? { id: account.party.id, name: account.party.name } : null,
    byRegister: account.statuses.includes(byRegister),
    statuses: account.statuses.filter((id) => id !== byRegister).map((id) => ({ id, name: statusName(id) }))
  };
}

export type AccountFault = 'id' | 'name' | 'party';

export function faultsOf(draft: AccountDraft, taken: string[], partyText: string): AccountFault[] {
  const out: AccountFault[] = [];
  if (!isAccountId(draft.id) || taken.includes(draft.id)) out.push('id');
  if (draft.name.trim() === '') out.push('name');
  // A name that was typed and not chosen would silently be nobody's.
  if (draft.party === null && partyText.trim() !== '') out.push('party');
  return out;
}

export const statusesOf = (draft: AccountDraft): string[] => [
  ...(draft.byRegister ? [byRegister] : []),
  ...draft.statuses.map(({ id }) => id)
];

// What a person changed, and nothing else.
export function changeOf(account: AccountRow, draft: AccountDraft): AccountChange | null {
  const out: AccountChange = {};
  if (draft.name.trim() !== account.name) out.name = draft.name.trim();
  if (draft.role !== account.role) out.role = draft.role;
  if (draft.email.trim() !== (account.email ?? '')) out.email = draft.email.trim();
  if ((draft.party?.id ?? '') !== (account.party?.id ?? '')) out.party = draft.party?.id ?? '';
  if ([...statusesOf(draft)].sort().join() !== [...account.statuses].sort().join()) out.statuses = statusesOf(draft);
  return Object.keys(out).length === 0 ? null : out;
}
