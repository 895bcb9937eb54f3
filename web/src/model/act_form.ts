// An act as a form: what stands in its fields, what is wrong with them, and what is sent.
import type { ActField, Choice, Deadline, FieldValue, Money, Offer, Words } from '$/api/acts';
import type { Key } from '$/i18n/language.svelte';
import { readings } from './local_time';

// What a person has put into one field. Each kind of field uses its part.
export interface Filled {
  text: string;
  words: Required<Words>;
  states: string[];
  flag: boolean;
  zone: string; // of a deadline
  offset: string; // which of two readings; empty: not chosen
  currency: string;
}
export type Values = Record<string, Filled>;

export function emptyValues(fields: readonly ActField[], zone: string): Values {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      {
        // The only thing that can be chosen is chosen.
        text:
          field.kind === 'choice' && field.required && field.choices?.length === 1 && field.choices[0]
            ? choiceId(field.choices[0])
            : '',
        words: { ar: '', en: '', ru: '' },
        states: [],
        flag: false,
        zone,
        offset: '',
        currency: field.kind === 'money' && field.choices?.[0] ? choiceId(field.choices[0]) : 'EUR'
      }
    ])
  );
}

export const choiceId = (choice: Choice): string => (typeof choice === 'string' ? choice : choice.id);
export const choiceName = (choice: Choice): string => (typeof choice === 'string' ? choice : choice.name);

// Minor units of an amount as it is written with the digits and the point of any of the three languages; null if it is
// none, or has more decimals than the currency.
//   example  minorOf('١٢٣٫٤', 'EUR') is 12340
export function minorOf(text: string, currency: string): number | null {
  const latin = text
    .trim()
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\s\u00a0\u202f٬'’]/g, '')
    .replace(/[٫,]/g, '.');
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(latin);
  if (!match) return null;
  let digits = 2;
  try {
    digits =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? digits;
  } catch {
    return null; // no such currency
  }
  const decimals = match[2] ?? '';
  if (decimals.length > digits) return null;
  return Number((match[1] ?? '') + decimals.padEnd(digits, '0'));
}

type Read = { value: FieldValue } | { error: Key } | 'empty';

function readDeadline(filled: Filled): Read {
  if (!filled.text) return 'empty';
  const found = readings(filled.text, filled.zone);
  if (found.length === 0) return { error: 'act.timeNever' };
  const value: Deadline = { local: filled.text, zone: filled.zone };
  if (found.length > 1) {
    if (!found.some(({ offset }) => offset === filled.offset)) return { error: 'act.timeTwice' };
    value.offset = filled.offset;
  }
  return { value };
}

function readField(field: ActField, filled: Filled): Read {
  const text = filled.text.trim();
  switch (field.kind) {
    case 'flag':
      return filled.flag ? { value: true } : 'empty';
    case 'states':
      return filled.states.length > 0 ? { value: [...filled.states] } : 'empty';
    case 'words': {
      const words: Words = {};
      for (const tag of ['ar', 'en', 'ru'] as const) {
        const said = filled.words[tag].trim();
        if (said) words[tag] = said;
      }
      return Object.keys(words).length > 0 ? { value: words } : 'empty';
    }
    case 'deadline':
      return readDeadline(filled);
    case 'instant': {
      const read = readDeadline(filled);
      if (read === 'empty' || 'error' in read) return read;
      const which = readings(filled.text, filled.zone).find(
        ({ offset }) => filled.offset === '' || offset === filled.offset
      );
      return which ? { value: new Date(which.instant).toISOString() } : { error: 'act.timeNever' };
    }
    case 'number': {
      if (!text) return 'empty';
      const value = minorOf(text, 'JPY'); // a whole number in any digits
      return value === null ? { error: 'act.noNumber' } : { value };
    }
    case 'money': {
      if (!text) return 'empty';
      const minor = minorOf(text, filled.currency);
      const value: Money | null = minor === null ? null : { minor, currency: filled.currency };
      return value ? { value } : { error: 'act.noAmount' };
    }
    default:
      return text ? { value: text } : 'empty';
  }
}

// What is sent, and what is wrong. Nothing may be sent while anything is wrong.
export function readForm(
  fields: readonly ActField[],
  values: Values
): { fields: Record<string, FieldValue>; errors: Record<string, Key> } {
  const sent: Record<string, FieldValue> = {};
  const errors: Record<string, Key> = {};
  for (const field of fields) {
    const filled = values[field.name];
    const read = filled ? readField(field, filled) : 'empty';
    if (read === 'empty') {
      if (field.required) errors[field.name] = field.kind === 'words' ? 'act.wordsMissing' : 'act.missing';
    } else if ('error' in read) {
      errors[field.name] = read.error;
    } else {
      sent[field.name] = read.value;
    }
  }
  return { fields: sent, errors };
}

// Acts that nothing takes back: they are asked for once more before they are sent.
const final = new Set([
  'objected_in_meeting',
  'objected',
  'objection_withdrawn',
  'hold_placed',
  'hold_released',
  'adopted_in_meeting',
  'confirmed',
  'announced',
  'statement_made',
  'statements_closed',
  'issued',
  'withdrawn',
  'superseded',
  'granted',
  'refused',
  'revoked',
  'closed',
  'cancelled',
  'selected',
  'paid',
  'spent',
  'received',
  'allotted'
]);

//   example  isFinal('consultation.objected') is true
export function isFinal(type: string): boolean {
  return final.has(type.slice(type.indexOf('.') + 1));
}

// A name that goes on one line; whatever else is text has room for sentences.
export function isShort(field: ActField): boolean {
  return /^(number|symbol|series|seat|ref|reference|zone|place|version|mark|email|address|theme|group|currency|name)$/.test(
    field.name
  );
}

// What the first offer for a type is, if the asker may do it.
export function offered(can: readonly Offer[] | undefined, type: string): Offer | undefined {
  return can?.find((each) => each.type === type);
}

// Acts of a delegation that the secretariat may enter for it when they come on paper.
const onPaper = new Set([
  'objected',
  'objected_in_meeting',
  'objection_withdrawn',
  'hold_placed',
  'hold_extended',
  'hold_released',
  'statement_made',
  'assessed',
  'factor_named',
  'view_given',
  'received'
]);
export function comesOnPaper(offer: Offer): boolean {
  return (
    !offer.delegation &&
    (offer.capacity ?? 'secretariat') === 'secretariat' &&
    onPaper.has(offer.type.slice(offer.type.indexOf('.') + 1))
  );
}
