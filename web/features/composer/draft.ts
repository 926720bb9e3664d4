import { contentOf, type Named, readable } from '../conversation/mention-text.ts';
import { draftPlace, readDraft, writeDraft } from './draft-storage.ts';

/** What is typed is stored within this (behaviour: "Composer"). */
const SAVE_WITHIN_MS = 400;

/** What a person has begun to write in a group or a thread, kept across reloads; for `useSyncExternalStore`. */
export class Draft {
  readonly #userId: string;
  readonly #place: string;
  readonly #listeners = new Set<() => void>();
  #text: string;
  #named: readonly Named[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(userId: string, groupId: string, parentId: string | null) {
    this.#userId = userId;
    this.#place = draftPlace(groupId, parentId);
    const { text, named } = readDraft(userId, this.#place);
    this.#text = text;
    this.#named = named;
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
  write(text: string, named: readonly Named[] = this.#named): void {
    this.#named = text === '' ? [] : named;
    this.#show(text);
    this.#timer ??= setTimeout(() => this.save(), SAVE_WITHIN_MS);
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
   * Empties it on the screen at once and gives the content to `keep`; what is stored is only forgotten when `keep` has it
   * safe, so that a tab that dies in between loses nothing.
   */
  async hand(content: string, keep: (content: string) => Promise<void>): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#named = [];
    this.#show('');
    await keep(content);
    this.save();
  }

  /** Stores it now. */
  readonly save = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    writeDraft(this.#userId, this.#place, { text: this.#text, named: [...this.#named] });
  };

  #show(text: string): void {
    this.#text = text;
    for (const listener of this.#listeners) listener();
  }
}
