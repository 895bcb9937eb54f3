// Keeps a sitting of review in step with the server: brings statements before they are needed, sends decisions in the
// order in which they were made, and reports what the server refused. It outlives the view, so that a look at another
// page, or another language, does not end the sitting.
import * as calls from '$/api/work';
import { ApiError, isAbort } from '$/api/errors';
import type { Query } from '$/api/client';
import { decide, type Choice } from '$/actions/review/decide';
import { keepAgain } from '$/actions/review/keep_again';
import { move, moveTo } from '$/actions/review/move';
import { sendAgain } from '$/actions/review/send_again';
import { settle } from '$/actions/review/settle';
import { takeBack } from '$/actions/review/take_back';
import { takePage } from '$/actions/review/take_page';
import {
  current,
  decisionOn,
  latest,
  needsMore,
  newSitting,
  seqOf,
  type Decision,
  type Sitting
} from '$/model/sitting';

const pageLimit = 20;

export class ReviewSitting {
  sitting = $state.raw<Sitting>(newSitting());
  error = $state.raw<unknown>(null); // why no more statements came
  loading = $state(false);

  #query: Query = {};
  #began = '';
  #running: AbortController | null = null;
  // One after the other for each statement: a withdrawal must not overtake what it withdraws. True if it was written.
  #sending = new Map<number, Promise<boolean>>();

  // Begins with the queue of a filter; goes on where it was if it is the same one.
  //   first     a statement to begin with, named by the address
  //   language  in which names come
  start(query: Query, first: number | null, language: string): void {
    const key = JSON.stringify([query, language]);
    const here = current(this.sitting);
    if (key === this.#began && (first === null || (here && seqOf(here) === first))) {
      void this.more();
      return;
    }
    if (key === this.#began && first !== null && this.sitting.items.some((item) => seqOf(item) === first)) {
      this.sitting = moveTo(this.sitting, first);
      return;
    }
    this.#running?.abort();
    this.#query = query;
    this.#began = key;
    this.error = null;
    this.loading = false;
    // What was decided in this sitting stays counted.
    this.sitting = { ...newSitting(), decisions: this.sitting.decisions, made: this.sitting.made };
    void this.more(first);
  }

  // Brings the next page of the queue if it will soon be needed.
  async more(first: number | null = null): Promise<void> {
    if (this.loading || (first === null && !needsMore(this.sitting))) return;
    const running = new AbortController();
    this.#running = running;
    this.loading = true;
    try {
      if (first !== null) {
        const item = await calls.review.statement(first, running.signal);
        if (running.signal.aborted) return;
        this.sitting = { ...this.sitting, items: [item], at: 0 };
      }
      const last = this.sitting.items.at(-1);
      const page = await calls.review.queue(
        { ...this.#query, mine: 'skip', limit: pageLimit, ...(last ? { after: seqOf(last) } : {}) },
        running.signal
      );
      if (running.signal.aborted) return;
      this.sitting = takePage(this.sitting, page);
      this.error = null;
    } catch (error) {
      if (running.signal.aborted || isAbort(error)) return;
      this.error = error;
    } finally {
      if (this.#running === running) this.loading = false;
    }
  }

  retry(): void {
    const first = this.sitting.items.length === 0;
    this.error = null;
    this.loading = false;
    if (first) this.sitting = { ...this.sitting, behind: null };
    void this.more();
  }

  decide(choice: Choice): Decision | null {
    const item = current(this.sitting);
    if (!item) return null;
    this.sitting = decide(this.sitting, choice);
    const decision = decisionOn(this.sitting, seqOf(item));
    if (decision && decision.action !== 'skip') this.#send(decision);
    void this.more();
    return decision;
  }

  // Takes the latest decision back; on the server too, as soon as it is written there.
  undo(): Decision | null {
    const decision = latest(this.sitting);
    if (!decision) return null;
    this.sitting = takeBack(this.sitting);
    if (decision.action === 'skip') return decision;
    const { id, statement } = decision;
    const before = this.#sending.get(statement) ?? Promise.resolve(decision.state === 'kept');
    const withdrawn = before.then(async (written) => {
      if (written) {
        try {
          await calls.review.decide(statement, 'withdraw', '');
        } catch (error) {
          this.sitting = keepAgain(this.sitting, id);
          this.onWithdrawalFailed(error);
          return true;
        }
      }
      this.sitting = settle(this.sitting, id, { state: 'withdrawn' });
      return false;
    });
    this.#sending.set(statement, withdrawn);
    return decision;
  }

  onWithdrawalFailed: (error: unknown) => void = () => undefined;

  move(by: number): void {
    this.sitting = move(this.sitting, by);
    void this.more();
  }

  moveTo(statement: number): void {
    this.sitting = moveTo(this.sitting, statement);
  }

  sendAgain(statement: number): void {
    this.sitting = sendAgain(this.sitting, statement);
    const decision = decisionOn(this.sitting, statement);
    if (decision) this.#send(decision);
  }

  #send({ id, statement, action, note, correction }: Decision): void {
    if (action === 'skip') return;
    const before = this.#sending.get(statement) ?? Promise.resolve(false);
    const sent = before.then(async () => {
      try {
        await calls.review.decide(statement, action, note, correction);
        this.sitting = settle(this.sitting, id, { state: 'kept' });
        return true;
      } catch (error) {
        const refusal = error instanceof Error ? error : new ApiError(0, 'network', '');
        this.sitting = settle(this.sitting, id, { state: 'refused', error: refusal });
        return false;
      }
    });
    this.#sending.set(statement, sent);
  }
}

export const reviewSitting = new ReviewSitting();
