/** The listeners of a group, and what waits for a condition. All changes of one turn cause one notification. */
export class Watchers {
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Set<{ condition: () => boolean; resolve: () => void }>();
  #isNotifying = false;

  /** Calls back after every change, until the returned function is called. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when the condition holds. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ condition, resolve });
      this.notify();
    });
  }

  /** Notifies the listeners at the end of this turn. */
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
