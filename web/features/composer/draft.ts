import type { DraftPlace } from '../../realtime/draft-row.ts';
import { contentOf, type Named, readable } from '../conversation/mention-text.ts';
import { readDraft, writeDraft } from './draft-storage.ts';

/** What is typed is stored within this (behaviour: "Composer"). */
const SAVE_WITHIN_MS = 300;

/** What a person has begun to write in a group or a thread, kept across reloads; for `useSyncExternalStore`. */
export class Draft {
  readonly #place: DraftPlace;
  readonly #listeners = new Set<() => void>();
  #text = '';
  #named: readonly Named[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
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

  /** Shows the text at once and stores it a little later. */
  write(text: string, named: readonly Named[] = this.#named): void {
    this.#isBegun = true;
    this.#named = text === '' ? [] : named;
    this.#show(text);
    this.#timer ??= setTimeout(this.save, SAVE_WITHIN_MS);
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
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#named = [];
    this.#show('');
    void send(content);
  }

  /** The person is forgotten on this machine: nothing of it is shown, or stored. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isBegun = true;
    this.#named = [];
    this.#show('');
  }

  /** Stores what was not stored yet, now. */
  readonly save = (): void => {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void writeDraft(this.#place, { text: this.#text, named: [...this.#named] });
  };

  #show(text: string): void {
    this.#text = text;
    for (const listener of this.#listeners) listener();
  }
}
