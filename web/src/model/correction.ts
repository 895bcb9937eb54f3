// The form of a correction: what it starts from, what is wrong with it, and what of it is new. Only what a person changed
// is sent, so that two corrections of one statement do not undo each other.
import type { Party, Statement, StatementType } from '$/api/types';
import type { Correction, Entity } from '$/api/work_types';
import { isEdtf } from './edtf_form';

export interface Draft {
  type: StatementType;
  parties: { role: Party['role']; entity: string; name: string; found_by: Party['found_by'] }[];
  themes: Entity[];
  places: Entity[];
  time: string;
  modality: string;
  negated: boolean;
  status: string;
  instrument: string;
  topic: string;
  value: string;
  unit: string;
  note: string;
}

export const types: StatementType[] = [
  'membership',
  'cooperation',
  'lead',
  'mandate',
  'commitment',
  'implementation',
  'meeting',
  'deployment',
  'instrument',
  'figure',
  'incident'
];
export const roles: Party['role'][] = ['actor', 'counterpart', 'beneficiary', 'addressee', 'subject'];
export const modalities = ['asserted', 'past', 'planned', 'proposed', 'recommended', 'called_for'];
export const statuses = [
  'unstated',
  'done',
  'in progress',
  'ongoing',
  'partly done',
  'pending',
  'proposed',
  'decided',
  'reaffirmed',
  'asserted',
  'under discussion'
];

//   names  how themes are called in the language, where known
export function draftOf(statement: Statement, names: Map<string, string> = new Map()): Draft {
  return {
    type: statement.type,
    parties: statement.parties.map(({ role, entity, name, found_by }) => ({ role, entity, name, found_by })),
    themes: statement.themes.map((id) => ({ id, name: names.get(id) ?? id })),
    places: statement.places.map(({ entity, name }) => ({ id: entity, name })),
    time: statement.time,
    modality: statement.modality,
    negated: statement.negated,
    status: statement.status,
    instrument: statement.instrument,
    topic: statement.topic,
    value: statement.value,
    unit: statement.unit,
    note: ''
  };
}

export type Fault = 'time' | 'parties' | 'value';

export function faultsOf(draft: Draft): Fault[] {
  const out: Fault[] = [];
  if (draft.time !== '' && !isEdtf(draft.time)) out.push('time');
  if (draft.parties.some((party) => party.name.trim() === '')) out.push('parties');
  if (draft.value !== '' && !/^-?\d+(\.\d+)?$/.test(draft.value)) out.push('value');
  return out;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

//   returns  null if nothing was changed
export function correctionOf(statement: Statement, draft: Draft): Correction | null {
  const before = draftOf(statement);
  const out: Correction = {};
  if (draft.type !== before.type) out.type = draft.type;
  const parties = draft.parties.map((party) => ({ ...party, name: party.name.trim() }));
  if (!same(parties, before.parties)) out.parties = parties;
  const ids = (entities: Entity[]) => entities.map(({ id }) => id);
  if (!same(ids(draft.themes), ids(before.themes))) out.themes = ids(draft.themes);
  if (!same(ids(draft.places), ids(before.places))) {
    out.places = ids(draft.places);
    out.place_names = draft.places.map(({ name }) => name);
  }
  for (const name of ['time', 'instrument', 'topic', 'value', 'unit'] as const) {
    const value = draft[name].trim();
    if (value !== before[name]) out[name] = value;
  }
  for (const name of ['modality', 'status'] as const) if (draft[name] !== before[name]) out[name] = draft[name];
  if (draft.negated !== before.negated) out.negated = draft.negated;
  return Object.keys(out).length === 0 ? null : out;
}
