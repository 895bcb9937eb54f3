// How a status is called: as the server names it; else what a State is, and in which organization.
import type { StatusList } from '$/api/types';
import { t, word } from '$/i18n/language.svelte';
import { byRegister } from '$/model/accounts';

export function statusName(id: string, known: StatusList | null): string {
  if (id === byRegister) return t('accounts.byRegister');
  const listed = known?.statuses.find((each) => each.id === id);
  if (listed) return listed.name;
  const [organization = '', kind = ''] = id.split('/');
  return kind ? `${word('statusKind', kind)} · ${organization}` : word('statusKind', id);
}
