// The server's clock. Deadlines are decided by it alone, so countdowns run by it: each answer that says what time it is there
// sets it, and between answers it goes on by the browser's steady clock, which no change of the computer's time moves.

const state = $state({ now: Date.now() });
let base = Date.now() - performance.now(); // the server's time when the page was opened
let told = false;
let listeners = 0;
let timer: ReturnType<typeof setInterval> | undefined;

// What an answer said; nothing without it, then the browser's time has to do.
export function takeServerNow(iso: string | undefined): void {
  const at = iso ? Date.parse(iso) : Number.NaN;
  if (Number.isNaN(at)) return;
  // The answer was on its way for a moment: the earliest reading is the nearest.
  const next = at - performance.now();
  if (!told || next > base || base - next > 60_000) base = next;
  told = true;
  state.now = base + performance.now();
}

// Milliseconds since 1970; follows the clock where it is read while a clock is on the page.
export const serverNow = (): number => state.now;
// Whether a server has told its time.
export const clockTold = (): boolean => told;

// Ticks each second until it is ended.
//   example  $effect(() => followClock())
export function followClock(): () => void {
  ++listeners;
  timer ??= setInterval(() => (state.now = base + performance.now()), 1000);
  return () => {
    if (--listeners > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
