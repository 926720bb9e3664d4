/** Whoever shows a group or waits for something of it: they hear once of all that changes in one turn. */
export class Watchers {
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Set<{ isSo: () => boolean; resolve: () => void }>();
  #isTelling = false;

  /** Calls back after every change, until the answer is called. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when this is so. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ isSo, resolve });
      this.tell();
    });
  }

  /** Something has changed. */
  tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      for (const waiting of this.#waiting) {
        if (!waiting.isSo()) continue;
        this.#waiting.delete(waiting);
        waiting.resolve();
      }
      for (const listener of this.#listeners) listener();
    });
  }
}
