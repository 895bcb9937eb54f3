// Names of themes in the language of the page, and of whatever a filter names by its id: asked for once, then kept.
import { entities, entity } from '$/api/activity';
import { language } from '$/i18n/language.svelte';

const themes = $state<Record<string, Record<string, string>>>({}); // [language][id]
const others = $state<Record<string, Record<string, string>>>({});
const asked = new Set<string>();

// The name of a theme; its id in words until the list is here.
export function themeName(id: string): string {
  const tag = language();
  if (!asked.has(tag)) {
    asked.add(tag);
    // Not while the page is being drawn: what is drawn must not change what it reads.
    queueMicrotask(() => {
      entities('', 'theme')
        .then((answer) => {
          themes[tag] = Object.fromEntries(answer.entities.map((each) => [each.id, each.name]));
        })
        .catch(() => asked.delete(tag));
    });
  }
  return themes[tag]?.[id] ?? others[tag]?.[id] ?? id.replaceAll('_', ' ');
}

// What an answer said a thing is called, for the filters that name it later.
export function keepName(id: string, name: string): void {
  const tag = language();
  if (others[tag]?.[id] === name) return;
  others[tag] = { ...others[tag], [id]: name };
}

// The name of an organization, a State or a place that stands in the address.
export function nameOf(id: string): string {
  const tag = language();
  const known = others[tag]?.[id] ?? themes[tag]?.[id];
  const key = `${tag} ${id}`;
  if (known === undefined && id !== '' && !asked.has(key)) {
    asked.add(key);
    queueMicrotask(() => {
      entity(id, {})
        .then((answer) => {
          others[tag] = { ...others[tag], [id]: answer.entity.name };
        })
        .catch(() => undefined);
    });
  }
  return known ?? id.replace(/^place:/, '').replaceAll('-', ' ');
}
