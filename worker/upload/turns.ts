/** Lets work on one thing run one piece after the other. New work asks the piece that runs to stop. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #running = new AbortController();

  /** Runs `work` once all earlier work has ended. `signal` tells it that the next piece waits. */
  take<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#running.abort();
    const controller = new AbortController();
    this.#running = controller;
    const turn = this.#last.then(() => work(controller.signal));
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
