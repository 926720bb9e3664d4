/** Whoever shows a group or waits for something of it: they hear once of all that changes in one turn. */
export class Watchers {
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Set<{ condition: () => boolean; resolve: () => void }>();
  #isNotifying = false;

  /** Calls back after every change, until the answer is called. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when this is so. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ condition, resolve });
      this.notify();
    });
  }

  /** Something has changed. */
  notify(): void {
    if (this.#isNotifying) return;
    this.#isNotifying = true;
    queueMicrotask(() => {
      this.#isNotifying = false;
      for (const waiting of this.#waiting) {
        if (!waiting.condition()) continue;
        this.#waiting.delete(waiting);
        waiting.resolve();
      }
      for (const listener of this.#listeners) listener();
    });
  }
}
