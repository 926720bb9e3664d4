import type { FileReference, User } from '../../../protocol/models.ts';
import { type DraftPlace, readDraft, type StoredDraft, writeDraft } from '../../realtime/drafts.ts';
import { contentOf, type Named } from '../conversation/mention-text.ts';
import { typedEmoji } from './typed-emoji.ts';

/**
 * A change is stored at once, and then at most this often. Not only later: a page that reloads cannot finish a write that it
 * has just started.
 */
const SAVE_EVERY_MS = 300;

/** The draft of a user in a group, a thread or an edited message. It outlives reloads; for `useSyncExternalStore`. */
export class Draft {
  readonly #place: DraftPlace;
  readonly #listeners = new Set<() => void>();
  #text = '';
  #named: readonly Named[] = [];
  #files: readonly FileReference[] = [];
  /** Throttles writes: set since the last one. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isUnsaved = false;
  /** Whether the user has typed: a stored draft that loads after that is ignored. */
  #isBegun = false;
  #isRestored = false;
  #isForgotten = false;

  /** `first` is the initial text: for an edit the message as it is. */
  constructor(place: DraftPlace, first: StoredDraft = { text: '', named: [] }) {
    this.#place = place;
    this.#text = first.text;
    this.#named = first.named;
  }

  get text(): string {
    return this.#text;
  }

  readonly getText = (): string => this.#text;

  /** The files to send with the text, in order; those without a `url` are still to be uploaded. */
  readonly getFiles = (): readonly FileReference[] => this.#files;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether the text or files were restored from an earlier visit. */
  get isRestored(): boolean {
    return this.#isRestored;
  }

  /** Loads and shows the stored draft, unless the user is typing already. */
  async load(): Promise<void> {
    const kept = await readDraft(this.#place);
    if (!kept || this.#isBegun) return;
    this.#named = kept.named;
    this.#files = kept.files ?? [];
    this.#isRestored = kept.text !== this.#text || this.#files.length > 0;
    this.#show(kept.text);
  }

  /** Replaces the files, and stores that at once, throttled. */
  attach(files: readonly FileReference[]): void {
    this.#files = files;
    this.write(this.#text);
  }

  /** Shows the text at once and stores it, throttled. */
  write(text: string, named: readonly Named[] = this.#named): void {
    this.#isBegun = true;
    this.#named = text === '' ? [] : named;
    this.#show(text);
    this.#isUnsaved = !this.#isForgotten;
    if (this.#timer === undefined) this.save();
  }

  /**
   * Records that the user chose this person from a list. Returns the word that means them after an `@`: their name, or their
   * handle if the text already names another person with that name.
   */
  name({ id: userId, name, handle }: Pick<User, 'id' | 'name' | 'handle'>): string {
    const isTaken = this.#named.some(
      (it) => it.name === name && it.userId !== userId && this.#text.includes(`@${name}`),
    );
    const word = isTaken ? handle : name;
    this.#named = [{ name: word, userId }, ...this.#named.filter((it) => it.name !== word)];
    return word;
  }

  /** The content that `text` is sent as. Names that were typed and not chosen are looked up in `people`. */
  contentOf(text: string, people: readonly Named[]): string {
    return contentOf(text, [...this.#named, ...people], typedEmoji);
  }

  /**
   * Empties the field and sends the content. The outbox (web/realtime) deletes the stored draft in the transaction that
   * stores the message, so that a crash neither loses nor repeats it.
   */
  submit(
    content: string,
    send: (content: string, files: readonly FileReference[]) => Promise<void>,
  ): void {
    const files = this.#files;
    this.#cancelSave();
    this.#empty();
    void send(content, files);
  }

  /** The user's data or the group's is deleted on this machine: empties the draft, and stores nothing more. */
  forget(): void {
    this.#cancelSave();
    this.#isForgotten = true;
    this.#isBegun = true;
    this.#empty();
  }

  /** Deletes the stored draft, after it was used or given up. */
  drop(): void {
    this.#cancelSave();
    this.#isBegun = true;
    if (!this.#isForgotten) void writeDraft(this.#place, { text: '', named: [] });
  }

  /** Stores unsaved changes now. */
  readonly save = (): void => {
    if (!this.#isUnsaved) return;
    this.#cancelSave();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.save();
    }, SAVE_EVERY_MS);
    void writeDraft(this.#place, {
      text: this.#text,
      named: [...this.#named],
      files: [...this.#files],
    });
  };

  #empty(): void {
    this.#named = [];
    this.#files = [];
    this.#show('');
  }

  /** Cancels the next write. */
  #cancelSave(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isUnsaved = false;
  }

  #show(text: string): void {
    this.#text = text;
    for (const listener of this.#listeners) listener();
  }
}
