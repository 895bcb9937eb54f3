// How a status is called: the organization, and what a State is in it.
import { t, word } from '$/i18n/language.svelte';

export function statusName(id: string): string {
  if (id === 'register') return t('accounts.byRegister');
  const [organization = '', kind = ''] = id.split('/');
  return kind ? `${word('statusKind', kind)} · ${organization}` : word('statusKind', id);
}
