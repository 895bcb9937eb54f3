// Names in the language of the page. Statements carry the names that the record keeps, in one language; the lists of
// organizations, States, places and themes carry them in the language that was asked for. The lists are asked for once, when
// the first name is needed.
import { entity, matrix, organizations, states } from '$/api/activity';
import type { Named } from '$/api/types';
import { language } from '$/i18n/language.svelte';

const known = $state<Record<string, Record<string, string>>>({}); // [language][id]
const asked = new Set<string>();

function keep(tag: string, names: readonly Named[]): void {
  known[tag] = { ...known[tag], ...Object.fromEntries(names.map((each) => [each.id, each.name])) };
}

// What is drawn must not change what it reads: requests begin after the drawing. A list that failed is asked for again
// when the next view needs a name.
function ask(key: string, begin: () => Promise<readonly Named[]>): void {
  const tag = language();
  const once = `${tag} ${key}`;
  if (asked.has(once)) return;
  asked.add(once);
  queueMicrotask(() => {
    begin()
      .then((names) => keep(tag, names))
      .catch(() => setTimeout(() => asked.delete(once), 30_000));
  });
}

const lines = (rows: 'theme' | 'place') =>
  matrix({ rows, columns: 'year', limit_rows: 200, limit_columns: 1 }).then((answer) => answer.rows);

function askLists(): void {
  ask('organizations', () => organizations().then((answer) => answer.organizations));
  ask('states', () => states().then((answer) => answer.states));
  ask('places', () => lines('place'));
}

// The name of a party or a place of a statement; what the statement says until the lists are here, and for whatever is in
// none of them.
export function shownName(id: string, name: string): string {
  if (id === '' || id.includes('#')) return name;
  askLists();
  return known[language()]?.[id] ?? (name || id);
}

// The name of a theme; its id in words until the list is here.
export function themeName(id: string): string {
  ask('themes', () => lines('theme'));
  return known[language()]?.[id] ?? id.replaceAll('_', ' ');
}

// What an answer said a thing is called, for the filters that name it later.
export function keepName(id: string, name: string): void {
  if (known[language()]?.[id] !== name) keep(language(), [{ id, name }]);
}

// The name of an organization, a State or a place that stands in the address.
export function nameOf(id: string): string {
  const name = known[language()]?.[id];
  if (name === undefined && id !== '')
    ask(`one ${id}`, () => entity(id, {}).then((answer) => [{ id, name: answer.entity.name }]));
  return name ?? id.replace(/^place:/, '').replaceAll('-', ' ');
}
