// One thing that a view asks the server for: what came, what went wrong, whether it is still on its way.
import { isAbort } from '$/api/errors';

export class Loader<T> {
  data = $state.raw<T | null>(null);
  error = $state.raw<unknown>(null);
  loading = $state(false);

  #running: AbortController | null = null;
  #again: (() => Promise<void>) | null = null;

  // Asks anew and takes back the question before it. What came earlier stays in sight until the answer is here.
  load(ask: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.#again = () => this.load(ask);
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.loading = true;
    return ask(running.signal)
      .then((data) => {
        if (running.signal.aborted) return;
        this.data = data;
        this.error = null;
      })
      .catch((error: unknown) => {
        if (running.signal.aborted || isAbort(error)) return;
        this.error = error;
      })
      .finally(() => {
        if (this.#running === running) this.loading = false;
      });
  }

  retry(): void {
    void this.#again?.();
  }

  // Takes the question back; what came stays.
  cancel(): void {
    this.#running?.abort();
    this.loading = false;
  }
}
