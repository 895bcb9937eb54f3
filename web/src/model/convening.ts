// Pure questions to what the server answers about convening.
import type {
  Application,
  Break,
  Consultation,
  ConsultationState,
  CycleSession,
  DebateState,
  Factor,
  Happened,
  Notice,
  Stage,
  StandingRow,
  Task
} from '$/api/convening';
import type { Named } from '$/api/types';

// How a state of a decision on its way is marked.
export type Tone = 'running' | 'done' | 'stopped' | 'waiting';
const tones: Record<ConsultationState, Tone> = {
  draft: 'waiting',
  proposed: 'waiting',
  objected_in_meeting: 'stopped',
  under_silence: 'running',
  on_hold: 'running',
  broken: 'stopped',
  adopted: 'done',
  announced: 'done',
  issued: 'done',
  withdrawn: 'stopped',
  superseded: 'stopped'
};
export const toneOf = (state: ConsultationState): Tone => tones[state] ?? 'waiting';

const stageTones: Record<Stage, Tone> = {
  received: 'waiting',
  circulated: 'running',
  consultations: 'running',
  decision: 'running',
  granted: 'done',
  refused: 'stopped',
  withdrawn: 'stopped',
  revoked: 'stopped',
  under_review: 'running'
};
export const toneOfStage = (stage: Stage): Tone => stageTones[stage] ?? 'waiting';

const debateTones: Record<DebateState, Tone> = {
  preparing: 'running',
  held: 'done',
  concluded: 'done',
  cancelled: 'stopped'
};
export const toneOfDebate = (state: DebateState): Tone => debateTones[state] ?? 'waiting';

export function nameOfDelegation(delegation: Named | string | null | undefined): string {
  return typeof delegation === 'string' ? delegation : (delegation?.name ?? '');
}

// The page of what a task or a notice is about; empty if it has none.
//   kind     'consultation', or the type of an act: 'consultation.objected'
export function placeOf(kind: string, subject: string): string {
  if (!subject) return '';
  if (kind === 'debate.reminded') return '/debates'; // its subject is the cycle of an agenda item
  const id = encodeURIComponent(subject);
  const about = kind.split('.')[0] ?? '';
  const places: Record<string, string> = {
    consultation: `/consultations/${id}`,
    decision: `/consultations/${id}`,
    application: `/applications/${id}`,
    partnership: `/applications/${id}`,
    factors: `/applications/${id}`,
    circulation: `/applications/${id}`,
    status: '/standing',
    debate: `/debates/${id}`,
    views: `/debates/${id}`,
    speaker: `/debates/${id}`,
    meeting: `/meetings/${id}`,
    invitation: `/meetings/${id}`,
    registration: `/meetings/${id}`,
    call: `/calls/${id}`,
    nomination: `/calls/${id}`,
    selection: `/calls/${id}`,
    report: `/calls/${id}`,
    secondment: `/calls/${id}`,
    fund: '/fund',
    pledge: '/fund',
    project: `/fund/${id}`,
    exchange: '/exchanges',
    visit: '/exchanges'
  };
  return places[about] ?? '';
}

// What waits, the nearest deadline first, then what has none; and what is answered already.
export function tasksInOrder(tasks: readonly Task[]): { open: Task[]; done: Task[] } {
  const at = (task: Task) => (task.deadline ? Date.parse(task.deadline) : Number.POSITIVE_INFINITY);
  const sorted = [...tasks].sort((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
  return { open: sorted.filter((task) => !task.done), done: sorted.filter((task) => task.done) };
}

// Notices by the day on which they came, in the zone of the delegation; newest first.
export function noticesByDay(notices: readonly Notice[], zone: string): { day: string; notices: Notice[] }[] {
  const out: { day: string; notices: Notice[] }[] = [];
  for (const notice of [...notices].sort((a, b) => b.entry - a.entry)) {
    const day = dayIn(notice.at, zone);
    const last = out.at(-1);
    if (last?.day === day) last.notices.push(notice);
    else out.push({ day, notices: [notice] });
  }
  return out;
}

// The day of an instant by the calendar of a zone: '2026-12-03'.
export function dayIn(iso: string, zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(iso));
  } catch {
    return iso.slice(0, 10);
  }
}

// When the silence that now runs, or ran last, began.
export function silenceSince(consultation: Pick<Consultation, 'history' | 'opened_at'>): string {
  const began = consultation.history
    .filter((each) => each.type === 'consultation.silence_opened')
    .sort((a, b) => (b.entry ?? 0) - (a.entry ?? 0))[0];
  return began?.at ?? consultation.opened_at;
}

export const inTime = (breaks: readonly Break[]): Break[] => breaks.filter((each) => !each.late);
export const late = (breaks: readonly Break[]): Break[] => breaks.filter((each) => each.late);

// The day of a date that may come as an instant: the register knows days, decisions know instants.
//   example  dayText('2026-12-03T11:00:00Z') is '2026-12-03'
export const dayText = (value: string): string => value.replace(/T.*$/, '');

// ---- The way of an application

export type Passage = 'done' | 'now' | 'next' | 'not';
export interface Station {
  id: 'letter' | 'circulation' | 'factors' | 'consultations' | 'decision' | 'status' | 'review' | 'ended';
  state: Passage;
  at: string; // empty: not known or not yet
}

const order: Record<Stage, number> = {
  received: 0,
  circulated: 2, // the letter is out: States give their views of the factors
  consultations: 3,
  decision: 4,
  granted: 6,
  revoked: 6,
  under_review: 6, // has a way of its own
  refused: 4,
  withdrawn: -1
};

const firstOf = (history: readonly Happened[], verb: string): string =>
  [...history].sort((a, b) => (a.entry ?? 0) - (b.entry ?? 0)).find((each) => each.type === `application.${verb}`)
    ?.at ?? '';

// The stations of the way, each passed, at hand, still to come, or not reached because the case was closed.
export function wayOf(
  application: Pick<Application, 'stage' | 'history' | 'granted_at' | 'closed_at' | 'review' | 'revoked_at'>
): Station[] {
  const { stage, history } = application;
  if (application.review) return wayOfReview(application, application.review.at);
  const times = {
    letter: firstOf(history, 'received'),
    circulation: firstOf(history, 'circulated'),
    factors: firstOf(history, 'assessed'),
    consultations: firstOf(history, 'consulted'),
    decision: firstOf(history, 'decision_opened'),
    status: application.granted_at ?? firstOf(history, 'granted')
  };
  const stations = Object.keys(times) as (keyof typeof times)[];
  // Of a case that was withdrawn only its history says how far it came.
  const closed = stage === 'withdrawn' || stage === 'refused';
  const reached = stage === 'withdrawn' ? stations.reduce((last, id, at) => (times[id] ? at : last), 0) : order[stage];
  return stations.map((id, at) => ({
    id,
    at: times[id],
    state:
      at < reached || (closed && at === reached) || (stage === 'received' && at === 0)
        ? 'done'
        : closed
          ? 'not'
          : at === reached || (stage === 'received' && at === 1)
            ? 'now'
            : 'next'
  }));
}

// A review ends with the decision that takes the status away, if it is adopted.
function wayOfReview(review: Pick<Application, 'history' | 'revoked_at'>, at: string): Station[] {
  const put = firstOf(review.history, 'revocation_opened');
  const ended = review.revoked_at ?? '';
  return [
    { id: 'review', at, state: 'done' },
    { id: 'decision', at: put, state: ended ? 'done' : 'now' },
    { id: 'ended', at: ended, state: ended ? 'done' : 'next' }
  ];
}

// What each State said, of every factor: the same as by factor, the other way round. In the order of names.
export function byDelegation(
  factors: readonly Factor[],
  compare: (a: string, b: string) => number
): { delegation: Named; said: { factor: Factor; at: number }[] }[] {
  const found = new Map<string, { delegation: Named; said: { factor: Factor; at: number }[] }>();
  for (const factor of factors) {
    factor.assessments.forEach(({ delegation }, at) => {
      const entry = found.get(delegation.id) ?? { delegation, said: [] };
      entry.said.push({ factor, at });
      found.set(delegation.id, entry);
    });
  }
  return [...found.values()].sort((a, b) => compare(a.delegation.name, b.delegation.name));
}

// ---- The register of statuses

// States by what they are, the status with the most States first.
export function byStatus(
  rows: readonly StandingRow[],
  compare: (a: string, b: string) => number
): { status: Named; rows: StandingRow[] }[] {
  const found = new Map<string, { status: Named; rows: StandingRow[] }>();
  for (const row of rows) {
    const entry = found.get(row.status.id) ?? { status: row.status, rows: [] };
    entry.rows.push(row);
    found.set(row.status.id, entry);
  }
  for (const entry of found.values()) entry.rows.sort((a, b) => compare(a.state.name, b.state.name));
  return [...found.values()].sort((a, b) => b.rows.length - a.rows.length || compare(a.status.name, b.status.name));
}

// ---- The cycle of an agenda item

// The sessions of an item in the order of time: taken up, gone by without it, the next one, those after it.
//   today  '2026-11-28'
export function cycleStations(
  sessions: readonly CycleSession[],
  today: string
): { session: CycleSession; state: Passage }[] {
  let next = false;
  return [...sessions]
    .sort((a, b) => a.session - b.session)
    .map((session) => {
      if (session.decision || session.state === 'taken_up') return { session, state: 'done' as const };
      if (session.opens && session.opens.slice(0, 10) < today && session.state !== 'due')
        return { session, state: 'not' as const };
      const state = next ? ('next' as const) : ('now' as const);
      next = true;
      return { session, state };
    });
}
