// Files on their way into the record: sent, queued, read. They go on while a person looks at other pages.
import * as calls from '$/api/calls';
import { explain, isAbort } from '$/api/errors';
import { listen } from '$/api/events';
import type { Handling, Job } from '$/api/types';
import { session, sessionEnded } from './session.svelte';

export type UploadState = 'waiting' | 'sending' | 'failed' | Job['state'];

export interface Upload {
  key: number;
  name: string;
  bytes: number;
  state: UploadState;
  part: number; // 0 to 1, of what goes on now
  message: string; // why it was refused
  hint: string; // what to do then
  job: string; // empty until the server has it
  document: string;
}

const inFlightMax = 2;

interface Task {
  file: File;
  handling: Omit<Handling, 'public'>;
  abort: AbortController;
}

const state = $state<{ uploads: Upload[]; finished: number; connected: boolean }>({
  uploads: [],
  finished: 0,
  connected: true
});
// The files themselves stay outside of the drawn state.
const tasks = new Map<number, Task>();
let next = 1;

export const uploads = (): Upload[] => state.uploads;
// Counts documents that came in and entries that were written, so that lists know when to ask again.
export const changes = (): number => state.finished;
export const connected = (): boolean => state.connected;

const over = new Set<UploadState>(['done', 'known', 'refused', 'cancelled', 'failed']);
export const isOver = (upload: Upload): boolean => over.has(upload.state);

function change(key: number, what: Partial<Upload>): void {
  state.uploads = state.uploads.map((each) => (each.key === key ? { ...each, ...what } : each));
}

export function add(files: File[], handling: Omit<Handling, 'public'>): void {
  for (const file of files) {
    const key = next++;
    tasks.set(key, { file, handling, abort: new AbortController() });
    state.uploads = [
      ...state.uploads,
      {
        key,
        name: file.name,
        bytes: file.size,
        state: 'waiting',
        part: 0,
        message: '',
        hint: '',
        job: '',
        document: ''
      }
    ];
  }
  sendMore();
}

function sendMore(): void {
  const sending = state.uploads.filter((each) => each.state === 'sending').length;
  for (const upload of state.uploads
    .filter((each) => each.state === 'waiting')
    .slice(0, Math.max(0, inFlightMax - sending)))
    void send(upload.key);
}

async function send(key: number): Promise<void> {
  const task = tasks.get(key);
  if (!task) return;
  change(key, { state: 'sending' });
  try {
    const onSent = (part: number) => change(key, { part });
    const { job } = await calls.documents.upload(task.file, task.handling, onSent, task.abort.signal);
    take(job, key);
  } catch (error) {
    if (isAbort(error)) {
      change(key, { state: 'cancelled' });
    } else {
      const { what, hint } = explain(error);
      change(key, { state: 'failed', message: what, hint });
    }
  }
  sendMore();
}

// What the server reports about a job; those of another window are shown too.
function take(job: Job, key?: number): void {
  const mine = state.uploads.find((each) => each.key === key) ?? state.uploads.find((each) => each.job === job.id);
  const what: Partial<Upload> = {
    state: job.state,
    part: job.part,
    message: job.message,
    job: job.id,
    document: job.document ?? ''
  };
  if (mine) {
    // An event may come before the answer to the upload itself.
    if (isOver(mine) && !over.has(job.state)) return;
    change(mine.key, what);
    if (over.has(job.state) && !isOver(mine)) ++state.finished;
    if (over.has(job.state)) tasks.delete(mine.key);
  } else if (!over.has(job.state)) {
    state.uploads = [...state.uploads, { key: next++, name: job.name, bytes: job.bytes, hint: '', ...what } as Upload];
  }
}

export async function cancel(key: number): Promise<void> {
  const upload = state.uploads.find((each) => each.key === key);
  if (!upload) return;
  if (upload.job === '') {
    tasks.get(key)?.abort.abort();
    change(key, { state: 'cancelled' });
  } else {
    try {
      await calls.jobs.cancel(upload.job);
      change(key, { state: 'cancelled' });
    } catch (error) {
      const { what, hint } = explain(error);
      change(key, { message: what, hint });
    }
  }
}

// Sends a file again that failed on its way.
export function again(key: number): void {
  const task = tasks.get(key);
  if (!task) return;
  task.abort = new AbortController();
  change(key, { state: 'waiting', part: 0, message: '', hint: '' });
  sendMore();
}

export function forgetFinished(): void {
  state.uploads = state.uploads.filter((each) => !isOver(each));
}

// Listens to the server while somebody is signed in.
export function followServer(): () => void {
  if (!session().signed_in) return () => undefined;
  // Events may be lost while the connection is down; the list of jobs then says where they are.
  const lookAgain = () =>
    calls.jobs.list().then(
      ({ jobs }) => jobs.forEach((job) => take(job)),
      () => undefined
    );
  void lookAgain();
  let dropped = false;
  return listen({
    job: (job) => {
      take(job);
      // An event does not know the language of the page; the answer to a request does.
      if (job.state === 'refused') void lookAgain();
    },
    record: () => ++state.finished,
    session: ({ ended }) => {
      if (ended) sessionEnded();
    },
    connected: (now) => {
      state.connected = now;
      if (!now) dropped = true;
      else if (dropped) {
        dropped = false;
        void lookAgain();
      }
    }
  });
}
