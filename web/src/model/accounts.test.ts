// Accounts as data: what a form may send, what each role may do.
import { expect, it } from 'vitest';
import type { AccountRow } from '$/api/work_types';
import { changeOf, draftOf, faultsOf, isAccountId } from './accounts';
import { mayDo, rightNames, roles } from './rights';

const account: AccountRow = {
  id: 'amina',
  name: 'أمينة',
  role: 'officer',
  party: { id: 'OSCE', name: 'OSCE' },
  statuses: ['register', 'UN/observer'],
  totp: false,
  disabled: false,
  created_at: '2027-01-15T08:00:00Z',
  last_seen_at: null
};
const name = (id: string) => `the status ${id}`;

it('takes the ids that the server takes', () => {
  for (const good of ['amina', 'a.b-c_d', '7']) expect(isAccountId(good), good).toBe(true);
  for (const bad of ['', 'Amina', '.a', 'a b', 'أمينة', 'a'.repeat(65)]) expect(isAccountId(bad), bad).toBe(false);
});

it('changes what was changed and nothing else', () => {
  const draft = draftOf(account, name);
  expect(draft.byRegister).toBe(true);
  expect(draft.statuses).toEqual([{ id: 'UN/observer', name: 'the status UN/observer' }]);
  expect(changeOf(account, draft)).toBeNull();
  expect(changeOf(account, { ...draft, role: 'reader' })).toEqual({ role: 'reader' });
  expect(changeOf(account, { ...draft, party: null })).toEqual({ party: '' });
  expect(changeOf(account, { ...draft, email: 'a@b.example' })).toEqual({ email: 'a@b.example' });
  expect(draftOf({ ...account, party: null }, name).party).toBeNull();
  expect(changeOf(account, { ...draft, byRegister: false })).toEqual({ statuses: ['UN/observer'] });
});

it('says what is wrong before it is sent', () => {
  const draft = draftOf(null, name);
  expect(faultsOf({ ...draft, id: 'amina', name: 'أمينة' }, [], '')).toEqual([]);
  expect(faultsOf({ ...draft, id: 'amina', name: ' ' }, ['amina'], 'Organ')).toEqual(['id', 'name', 'party']);
});

it('gives each role what the one below it has, and more', () => {
  const counts = roles.map((role) => rightNames.filter((right) => mayDo(role, right)).length);
  expect(counts).toEqual([2, 5, 8, 11]);
  expect(mayDo('reader', 'review')).toBe(false);
  expect(mayDo('officer', 'accounts')).toBe(false);
});
