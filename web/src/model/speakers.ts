// The speakers' list of one item of an agenda: in which order, who has the floor, how long still. Pure; instants come from
// outside. There is no count of who is for and who against: in consensus there is none.
import type { Speaker } from '$/api/meetings';
import type { Named } from '$/api/types';

export interface SpeakersList {
  all: Speaker[]; // as they stand: those who have spoken, those who speak, those who wait; who withdrew is left out
  speaking: Speaker | null; // has the floor now: whoever raised a point of order before the one that it interrupts
  interrupted: Speaker | null;
  order: Speaker | null; // the point of order on which the Chair has not ruled
  waiting: Speaker[];
  spoken: number;
}

// Those who have spoken stay where they spoke, so that the list reads as the meeting went. The server's order decides within
// each part: statements as the floor was asked for, then rights of reply.
export function speakersList(speakers: readonly Speaker[]): SpeakersList {
  const here = speakers.filter((each) => each.state !== 'withdrawn' && each.state !== 'unheard');
  const past = here.filter((each) => each.state === 'spoken');
  const now = here.filter((each) => each.state === 'speaking');
  const order = now.find((each) => each.kind === 'point_of_order') ?? null;
  const floor = now.find((each) => each.kind !== 'point_of_order') ?? null;
  const waiting = here.filter((each) => each.state === 'waiting');
  return {
    all: [...past, ...(order ? [order] : []), ...(floor ? [floor] : []), ...waiting],
    speaking: order ?? floor,
    interrupted: order ? floor : null,
    order,
    waiting,
    spoken: past.length
  };
}

// Seconds that a speaker has had. The server counts; the page counts on from when it was told, by its own clock, so that no
// difference between the two clocks matters.
//   told, now  instants by the browser's clock, in ms
export function secondsSpoken(speaker: Speaker, told: number, now: number): number {
  if (speaker.state !== 'speaking') return speaker.seconds;
  return speaker.seconds + Math.max(0, Math.floor((now - told) / 1000));
}

// What is left of the time: below 0 when it is over; null without a limit.
export function secondsLeft(speaker: Speaker, told: number, now: number): number | null {
  return speaker.limit_seconds ? speaker.limit_seconds - secondsSpoken(speaker, told, now) : null;
}

// The moments at which what is left is said aloud: a minute, half a minute, nothing.
const moments = [60, 30, 0] as const;

// Which of them lies between two looks at the clock; null if none. The last one passed is said.
export function momentPassed(before: number | null, after: number | null): (typeof moments)[number] | null {
  if (before === null || after === null) return null;
  return moments.filter((moment) => before > moment && after <= moment).at(-1) ?? null;
}

// Where the mark stands after the list has changed: on the same inscription, else on what took its place.
export function keepMark(before: readonly Speaker[], after: readonly Speaker[], marked: string): string {
  if (after.some((each) => each.id === marked)) return marked;
  const at = before.findIndex((each) => each.id === marked);
  return after[Math.min(Math.max(at, 0), after.length - 1)]?.id ?? '';
}

// The delegations that may be inscribed: those that are registered, then those that are invited, each once.
export function delegationsOf(meeting: { registered: { delegation: Named }[]; invited: { state: Named }[] }): Named[] {
  const seen = new Map<string, Named>();
  for (const { delegation } of meeting.registered) seen.set(delegation.id, delegation);
  for (const { state } of meeting.invited) if (!seen.has(state.id)) seen.set(state.id, state);
  return [...seen.values()].map((each) => ({ ...each, short: each.id }));
}
