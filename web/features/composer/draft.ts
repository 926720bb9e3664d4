import type { DraftPlace } from '../../realtime/draft-row.ts';
import { contentOf, type Named, readable } from '../conversation/mention-text.ts';
import { readDraft, writeDraft } from './draft-storage.ts';

/**
 * What is typed is stored at once, and then at most so often (behaviour: "Composer", within 500 ms). Not only later: what a
 * page begins to store while it is reloaded is never stored.
 */
const SAVE_EVERY_MS = 300;

/** What a person has begun to write in a group or a thread, kept across reloads; for `useSyncExternalStore`. */
export class Draft {
  readonly #place: DraftPlace;
  readonly #listeners = new Set<() => void>();
  #text = '';
  #named: readonly Named[] = [];
  /** Runs while it was stored a moment ago. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isUnsaved = false;
  /** Whether somebody wrote: what was kept before comes too late then. */
  #isBegun = false;

  constructor(place: DraftPlace) {
    this.#place = place;
  }

  get text(): string {
    return this.#text;
  }

  readonly getText = (): string => this.#text;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Shows what was kept of it, unless somebody is typing already. */
  async load(): Promise<void> {
    const kept = await readDraft(this.#place);
    if (!kept || this.#isBegun) return;
    this.#named = kept.named;
    this.#show(kept.text);
  }

  /** Shows the text at once and stores it as soon as it may be. */
  write(text: string, named: readonly Named[] = this.#named): void {
    this.#isBegun = true;
    this.#named = text === '' ? [] : named;
    this.#show(text);
    this.#isUnsaved = true;
    if (this.#timer === undefined) this.save();
  }

  /** Puts a message back that was written here once, in the form it was sent in. */
  restore(content: string, nameOf: (userId: string) => string | undefined): void {
    const { text, named } = readable(content, nameOf);
    this.write(text, named);
  }

  /** From now on `@name` means this person, because they were chosen from a list. */
  name(person: Named): void {
    this.#named = [person, ...this.#named.filter(({ name }) => name !== person.name)];
  }

  /** What `text` is sent as. Names that were typed and not chosen are found among `people`. */
  contentOf(text: string, people: readonly Named[]): string {
    return contentOf(text, [...this.#named, ...people]);
  }

  /**
   * Empties it on the screen and gives the content away. What is stored of it goes in the same transaction as the message
   * comes to the outbox (web/realtime), so that nothing is sent twice or lost between the two.
   */
  hand(content: string, send: (content: string) => Promise<void>): void {
    this.#rest();
    this.#named = [];
    this.#show('');
    void send(content);
  }

  /** The person is forgotten on this machine: nothing of it is shown, or stored. */
  forget(): void {
    this.#rest();
    this.#isBegun = true;
    this.#named = [];
    this.#show('');
  }

  /** Stores what was not stored yet, now. */
  readonly save = (): void => {
    if (!this.#isUnsaved) return;
    this.#rest();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.save();
    }, SAVE_EVERY_MS);
    void writeDraft(this.#place, { text: this.#text, named: [...this.#named] });
  };

  /** Nothing is left to be stored. */
  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isUnsaved = false;
  }

  #show(text: string): void {
    this.#text = text;
    for (const listener of this.#listeners) listener();
  }
}
