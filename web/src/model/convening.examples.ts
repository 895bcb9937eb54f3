// Answers of the server about convening as the units' tests know them, one of each shape.
import type { Application, Consultation, Home } from '$/api/convening';

const jor = { id: 'JOR', name: 'Jordan' };
const kaz = { id: 'KAZ', name: 'Kazakhstan' };
const che = { id: 'CHE', name: 'Switzerland' };

export const consultationExample: Consultation = {
  id: 'PC-2026-0017',
  title: 'Granting the status of Partner for Co-operation',
  body: { id: 'OSCE.PC', name: 'Permanent Council' },
  rule_set: { id: 'osce_pc', name: 'Permanent Council of the OSCE' },
  state: 'under_silence',
  state_name: 'under silence',
  opened_at: '2026-11-26T10:00:00Z',
  proposed_by: null,
  expires_at: '2026-11-30T11:00:00Z',
  zone: 'Europe/Vienna',
  number: null,
  expires: {
    utc: '2026-11-30T11:00:00Z',
    host: { zone: 'Europe/Vienna', local: '2026-11-30T12:00', offset: '+01:00' }
  },
  entitled: [che, kaz],
  may_object: true,
  text: { version: 'Rev.1', words: { en: 'Decides to welcome Lebanon as a Partner.' } },
  versions: [
    { mark: '', at: '2026-11-26T10:00:00Z', words: { en: 'Decides to welcome Lebanon.' } },
    { mark: 'Rev.1', at: '2026-11-27T09:00:00Z', words: { en: 'Decides to welcome Lebanon as a Partner.' } }
  ],
  steps: [],
  next: [],
  breaks: [
    { delegations: [kaz], kind: 'objection', at: '2026-11-26T15:00:00Z', text: 'Needs instructions.', late: false },
    { delegations: [che], kind: 'amendment', at: '2026-11-30T11:00:00.001Z', text: 'Late.', late: true }
  ],
  statements: [],
  series: 'PC.DEC',
  journal: null,
  embargo_until: null,
  case: 'AP-2026-001',
  history: [
    { entry: 10, at: '2026-11-26T10:00:00Z', type: 'consultation.opened', said: 'Opened' },
    { entry: 11, at: '2026-11-26T11:00:00Z', type: 'consultation.silence_opened', said: 'Silence' },
    { entry: 19, at: '2026-11-27T11:00:00Z', type: 'consultation.silence_opened', said: 'Silence again' }
  ],
  can: []
};

export const applicationExample: Application = {
  id: 'AP-2026-001',
  state: { id: 'LBN', name: 'Lebanon' },
  organization: { id: 'OSCE', name: 'OSCE' },
  status_wanted: { id: 'partner_mediterranean', name: 'Mediterranean Partner for Co-operation' },
  stage: 'circulated',
  factors: [
    {
      id: 'existing_relations',
      name: 'Existing relations',
      quote: 'the existing relations between the applicant and the OSCE',
      assessments: [
        { delegation: kaz, text: { en: 'Close.' }, at: '2026-11-20T10:00:00Z' },
        { delegation: che, text: { en: 'Long.' }, at: '2026-11-21T10:00:00Z' }
      ]
    },
    {
      id: 'benefit',
      name: 'Mutual benefit',
      quote: 'the benefit that the partnership brings to the OSCE',
      assessments: [{ delegation: kaz, text: { en: 'Clear.' }, at: '2026-11-22T10:00:00Z' }]
    }
  ],
  consultations: [],
  decision: null,
  granted_at: null,
  opens: [],
  history: [
    { entry: 3, at: '2026-11-18T10:00:00Z', type: 'application.circulated', said: 'Circulated' },
    { entry: 2, at: '2026-11-17T10:00:00Z', type: 'application.received', said: 'Received' },
    { entry: 5, at: '2026-11-20T10:00:00Z', type: 'application.assessed', said: 'Assessed' }
  ],
  can: []
};

export const homeExample: Home = {
  delegation: jor,
  zone: 'Europe/Vienna',
  now: '2026-11-28T22:30:00Z',
  statuses: [],
  tasks: [
    { kind: 'views', subject: 'D-1', title: 'c', said: '', deadline: null, deadline_local: null, done: false },
    {
      kind: 'factors',
      subject: 'A-1',
      title: 'b',
      said: '',
      deadline: '2026-12-05T11:00:00Z',
      deadline_local: null,
      done: false
    },
    {
      kind: 'consultation',
      subject: 'C-1',
      title: 'a',
      said: '',
      deadline: '2026-11-30T11:00:00Z',
      deadline_local: null,
      done: false
    },
    {
      kind: 'exchange',
      subject: 'X',
      title: 'd',
      said: '',
      deadline: '2026-11-29T11:00:00Z',
      deadline_local: null,
      done: true
    }
  ],
  notices: [
    {
      entry: 4,
      at: '2026-11-27T23:30:00Z',
      kind: 'consultation.opened',
      subject: 'C-1',
      title: 'a',
      said: 'x',
      deadline: null
    },
    {
      entry: 9,
      at: '2026-11-28T22:00:00Z',
      kind: 'meeting.invited',
      subject: 'M-1',
      title: 'm',
      said: 'y',
      deadline: null
    },
    {
      entry: 7,
      at: '2026-11-28T08:00:00Z',
      kind: 'consultation.broken',
      subject: 'C-1',
      title: 'a',
      said: 'z',
      deadline: null
    }
  ],
  meetings: []
};
