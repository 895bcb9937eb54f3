// What an entry says in one line, in the words of the language where the server's line is a code.
import type { LogRow } from '$/api/work_types';
import { knownKey, t, word } from '$/i18n/language.svelte';

export interface Line {
  text: string;
  href: string; // what the entry is about; empty if that has no page
}

export function lineOf(row: LogRow): Line {
  if (row.kind === 'act') {
    const key = `act.${row.summary}`;
    return { text: knownKey(key) ? t(key) : row.summary, href: '' };
  }
  // "confirm 18: why"
  const review = row.kind === 'review' ? /^(\w+) (\d+)(?:: ([\s\S]*))?$/.exec(row.summary) : null;
  if (review) {
    const [, action = '', statement = '', note = ''] = review;
    const what = `${word('history.action', action)} · ${t('queue.entry', { n: Number(statement) })}`;
    return { text: note ? `${what}: ${note}` : what, href: `/review?statement=${statement}` };
  }
  if (row.kind === 'section') {
    const section = /^§(\d+)$/.exec(row.summary)?.[1];
    if (section) return { text: t('log.section', { n: Number(section) + 1 }), href: '' };
  }
  return { text: row.summary, href: '' };
}
