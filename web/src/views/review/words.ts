// A statement in the words of the language: what it is called, who takes part, how an entity is named.
import type { Party, Statement } from '$/api/types';
import type { StatementInContext } from '$/api/work_types';
import { listed } from '$/i18n/format';
import { t, word } from '$/i18n/language.svelte';
import { isolate } from '$/i18n/visible';

// Names in the language, where the server gave them beside the statement.
export function namesOf(item: StatementInContext): Map<string, string> {
  const { parties, themes, places } = item.suggestions;
  return new Map([...parties, ...themes, ...places].map(({ id, name }) => [id, name]));
}

export const nameOf = (names: Map<string, string>, id: string, name: string): string => names.get(id) ?? (name || id);

export function partiesByRole(statement: Statement): [Party['role'], Party[]][] {
  const out = new Map<Party['role'], Party[]>();
  for (const party of statement.parties) out.set(party.role, [...(out.get(party.role) ?? []), party]);
  return [...out];
}

// "co-operation: United Nations and OSCE"
export function summary(statement: Statement, names: Map<string, string>): string {
  const kind = word('kind', statement.type);
  const who = statement.parties.map((party) => isolate(nameOf(names, party.entity, party.name)));
  return who.length === 0 ? kind : t('queue.summary', { kind, who: listed(who) });
}
