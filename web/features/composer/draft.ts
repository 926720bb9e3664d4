import type { User } from '../../../protocol/models.ts';
import { type DraftPlace, readDraft, type StoredDraft, writeDraft } from '../../realtime/drafts.ts';
import { contentOf, type Named, readable } from '../conversation/mention-text.ts';

/**
 * What is typed is stored at once, and then at most so often (behaviour: "Composer", within 500 ms). Not only later: what a
 * page begins to store while it is reloaded is never stored.
 */
const SAVE_EVERY_MS = 300;

/** What a person has begun to write in a group, a thread or a message, kept across reloads; for `useSyncExternalStore`. */
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
  #isRestored = false;
  #isForgotten = false;

  /** `first` is what the field shows before anybody has written: of an edit the message as it is. */
  constructor(place: DraftPlace, first: StoredDraft = { text: '', named: [] }) {
    this.#place = place;
    this.#text = first.text;
    this.#named = first.named;
  }

  get text(): string {
    return this.#text;
  }

  readonly getText = (): string => this.#text;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether what it shows was begun on an earlier visit. */
  get isRestored(): boolean {
    return this.#isRestored;
  }

  /** Shows what was kept of it, unless somebody is typing already. */
  async load(): Promise<void> {
    const kept = await readDraft(this.#place);
    if (!kept || this.#isBegun) return;
    this.#named = kept.named;
    this.#isRestored = kept.text !== this.#text;
    this.#show(kept.text);
  }

  /** Shows the text at once and stores it as soon as it may be. */
  write(text: string, named: readonly Named[] = this.#named): void {
    this.#isBegun = true;
    this.#named = text === '' ? [] : named;
    this.#show(text);
    this.#isUnsaved = !this.#isForgotten;
    if (this.#timer === undefined) this.save();
  }

  /** Puts a message back that was written here once, in the form it was sent in. */
  restore(content: string, userOf: (userId: string) => User | undefined): void {
    const { text, named } = readable(content, userOf);
    this.write(text, named);
  }

  /**
   * This person was chosen from a list: gives the word that means them from now on behind an `@`. Their handle, where the
   * text names somebody else of their name.
   */
  name({ id: userId, name, handle }: Pick<User, 'id' | 'name' | 'handle'>): string {
    const isTaken = this.#named.some(
      (it) => it.name === name && it.userId !== userId && this.#text.includes(`@${name}`),
    );
    const word = isTaken ? handle : name;
    this.#named = [{ name: word, userId }, ...this.#named.filter((it) => it.name !== word)];
    return word;
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

  /** The person or the group is forgotten on this machine: nothing of it is shown, or stored any more. */
  forget(): void {
    this.#rest();
    this.#isForgotten = true;
    this.#isBegun = true;
    this.#named = [];
    this.#show('');
  }

  /** It was used, or given up: nothing of it is kept. */
  drop(): void {
    this.#rest();
    this.#isBegun = true;
    if (!this.#isForgotten) void writeDraft(this.#place, { text: '', named: [] });
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
