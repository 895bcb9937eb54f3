// Acts: what somebody does in the shared work, for which delegation. One request for all of them (docs/acts.md); what the
// asker may do now, and with which fields, comes with what it is about (`can`).
import { post } from './client';

export const fieldKinds = [
  'text',
  'words',
  'deadline',
  'instant', // written like a deadline, sent as an instant
  'choice',
  'state', // one
  'states',
  'flag',
  'day',
  'number',
  'money',
  'document'
] as const;
export type FieldKind = (typeof fieldKinds)[number];

export type Choice = string | { id: string; name: string };

export interface ActField {
  name: string;
  kind: FieldKind;
  label: string;
  required: boolean;
  choices?: Choice[];
  hint?: string;
}

// An act that the asker may do now, as a form.
export interface Offer {
  type: string; // 'consultation.objected'
  says: string; // in the language
  fields: ActField[];
  capacity?: Capacity; // in which it is offered, if not in the account's own
  delegation?: string;
}

export type Capacity = 'delegation' | 'chair' | 'secretariat';

export type Words = Partial<Record<'ar' | 'en' | 'ru', string>>;
// A deadline as it is said: by the clock of a zone. The offset settles a time that is twice.
export interface Deadline {
  local: string; // '2026-03-29T12:00'
  zone: string; // 'Europe/Vienna'
  offset?: string; // '+01:00'
}
export interface Money {
  minor: number; // of the smallest unit: cents
  currency: string; // ISO 4217
}
export type FieldValue = string | number | boolean | string[] | Words | Deadline | Money;

export interface WantedAct {
  type: string;
  subject?: string; // none for what begins something new
  fields: Record<string, FieldValue>;
  delegation?: string;
  capacity?: Capacity;
}

// What was entered: the act, then what followed from it at once.
export interface ActDone {
  entry: number;
  at: string; // by the server's clock
  subject: string;
  acts: { type: string; subject: string; entry: number }[];
}

export const doAct = (wanted: WantedAct) => post<ActDone>(['acts'], wanted);
