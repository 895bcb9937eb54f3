// What the server makes while the page waits: asked for again until it is there, with how far it is.
import type { Answer, BeingMade } from '$/api/early_warning';
import { Loader } from './loader.svelte';

const pollMs = 1500;

export function isBeingMade(answer: object): answer is BeingMade {
  return 'state' in answer && answer.state === 'being_made';
}

// A stretch of time that ends at once, as an abort, when the question is taken back.
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new DOMException('', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

export async function untilMade<T extends object>(
  ask: () => Promise<Answer<T>>,
  said: (making: BeingMade) => void,
  wait: () => Promise<void>
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (!isBeingMade(answer)) return answer as T;
    said(answer);
    await wait();
  }
}

export class MadeLoader<T extends object> extends Loader<T> {
  making = $state.raw<BeingMade | null>(null);

  loadMade(ask: (signal: AbortSignal) => Promise<Answer<T>>): Promise<void> {
    return this.load((signal) =>
      untilMade(
        () => ask(signal),
        (making) => (this.making = making),
        () => pause(pollMs, signal)
      ).finally(() => {
        if (!signal.aborted) this.making = null;
      })
    );
  }
}
