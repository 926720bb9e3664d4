import { readDraft, writeDraft } from './draft-storage.ts';

/** What is typed is stored within this (behaviour: "Composer"). */
const SAVE_WITHIN_MS = 400;

/** The drafts that are on the screen. */
export const openDrafts = new Set<Draft>();

/** What a person has begun to write in a group, kept across reloads; for `useSyncExternalStore`. */
export class Draft {
  readonly #userId: string;
  readonly #groupId: string;
  readonly #listeners = new Set<() => void>();
  #text: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How many texts are being handed over. */
  #handing = 0;

  constructor(userId: string, groupId: string) {
    this.#userId = userId;
    this.#groupId = groupId;
    this.#text = readDraft(userId, groupId);
  }

  get text(): string {
    return this.#text;
  }

  readonly getText = (): string => this.#text;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Shows the text at once and stores it a little later. */
  write(text: string): void {
    this.#show(text);
    this.#timer ??= setTimeout(() => this.save(), SAVE_WITHIN_MS);
  }

  /**
   * Empties it on the screen at once and gives the text to `keep`; what is stored is only forgotten when `keep` has it
   * safe, so that a tab that dies in between loses nothing.
   */
  async hand(text: string, keep: (text: string) => Promise<void>): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#show('');
    this.#handing += 1;
    try {
      await keep(text);
    } finally {
      this.#handing -= 1;
    }
    this.save();
  }

  /** Stores it now; not while a text is handed over, which a tab that is closed in between must find stored. */
  readonly save = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#handing > 0) return;
    writeDraft(this.#userId, this.#groupId, this.#text);
  };

  /** Empties it, here and in the storage. */
  forget(): void {
    this.#show('');
    this.save();
  }

  #show(text: string): void {
    this.#text = text;
    for (const listener of this.#listeners) listener();
  }
}
