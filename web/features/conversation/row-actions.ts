/** What a person can do with an own message that was not acknowledged. */
export interface RowActions {
  retry(id: string): void;
  /** Drops it, and gives its text back to an empty composer. */
  discard(id: string): void;
}
