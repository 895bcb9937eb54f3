// What the server reports as it happens: jobs, new entries, the end of the session.
import type { Job } from './types';

export interface Listeners {
  job?: (job: Job) => void;
  record?: (change: { entries: number }) => void;
  session?: (change: { ended: boolean }) => void;
  connected?: (connected: boolean) => void;
}

// Listens until the returned function is called. The browser connects again by itself, and tells the server the last
// event that it has seen.
export function listen(listeners: Listeners): () => void {
  const source = new EventSource('/api/v1/events');
  const heard = <T>(name: string, act: ((data: T) => void) | undefined) => {
    if (!act) return;
    source.addEventListener(name, (event) => {
      try {
        act(JSON.parse((event as MessageEvent<string>).data) as T);
      } catch {
        // A line that is not JSON is not ours; the next one may be.
      }
    });
  };
  heard<Job | { job: Job }>('job', listeners.job && ((data) => listeners.job?.('job' in data ? data.job : data)));
  heard('record', listeners.record);
  heard('session', listeners.session);
  source.onopen = () => listeners.connected?.(true);
  source.onerror = () => listeners.connected?.(false);
  return () => source.close();
}
