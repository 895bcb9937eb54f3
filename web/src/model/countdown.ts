// What a clock that runs towards a deadline shows and says.

export interface Rest {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

// What is left, in whole seconds; nothing is left at the deadline itself.
export function restOf(ms: number): Rest {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor((seconds % 86_400) / 3600),
    minutes: Math.floor((seconds % 3600) / 60),
    seconds: seconds % 60
  };
}

// How near a deadline is: for its look, and never by colour alone.
export type Nearness = 'passed' | 'hours' | 'days' | 'later';
export function nearness(ms: number): Nearness {
  if (ms <= 0) return 'passed';
  if (ms <= 6 * 3_600_000) return 'hours';
  if (ms <= 3 * 86_400_000) return 'days';
  return 'later';
}

// The moments, in milliseconds before the deadline, at which it is said aloud.
const steps = [86_400, 6 * 3600, 3600, 30 * 60, 10 * 60, 5 * 60, 60, 0].map((seconds) => seconds * 1000);

// Which moment was passed since the last look; null if none was. A clock that was looked at for the first time says
// nothing: what it shows is read with the page.
//   before  what was left at the last look
//   example  announced(3_600_500, 3_599_500) is 3_600_000
export function announced(before: number | null, now: number): number | null {
  if (before === null) return null;
  const passed = steps.filter((step) => before > step && now <= step);
  return passed.at(-1) ?? null;
}

// The part of a stretch of time that has passed, 0 to 1.
export function passedPart(from: number, to: number, now: number): number {
  if (!(to > from)) return 1;
  return Math.min(1, Math.max(0, (now - from) / (to - from)));
}
