// What a person did here, so that it can be taken back and done again. Each act tells the server; the record keeps both.
export interface Act {
  label: string;
  undo: () => Promise<void>;
  redo: () => Promise<void>;
}

export class History {
  #done = $state<Act[]>([]);
  #undone = $state<Act[]>([]);
  #busy = false;

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  push(act: Act): void {
    this.#done = [...this.#done, act];
    this.#undone = [];
  }

  // Takes the last act back; if that fails, it stays done.
  //   returns  what was taken back
  async undo(): Promise<Act | null> {
    const act = this.#done.at(-1);
    if (!act || this.#busy) return null;
    this.#busy = true;
    try {
      await act.undo();
      this.#done = this.#done.slice(0, -1);
      this.#undone = [...this.#undone, act];
      return act;
    } finally {
      this.#busy = false;
    }
  }

  async redo(): Promise<Act | null> {
    const act = this.#undone.at(-1);
    if (!act || this.#busy) return null;
    this.#busy = true;
    try {
      await act.redo();
      this.#undone = this.#undone.slice(0, -1);
      this.#done = [...this.#done, act];
      return act;
    } finally {
      this.#busy = false;
    }
  }
}
