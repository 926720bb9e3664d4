/** A forgotten microphone does not go on for ever, and a browser decodes this much at once, also on a phone: ms. */
export const VOICE_MESSAGE_MS = 10 * 60_000;

/** An open microphone that is being recorded. */
export interface Microphone {
  /** How loud it is now, from 0 to 1. */
  level(): number;
  /** Ends the recording, lets the microphone go, and returns what was recorded. */
  stop(): Promise<Blob>;
  /** Lets the microphone go, without what was recorded. */
  discard(): void;
}

/** The microphone, or a sentence that says why there is none. */
export type OpenedMicrophone = { ok: true; microphone: Microphone } | { ok: false; why: string };

/** How far a recording is; replaced as a whole when it changes. */
export type RecordingView =
  /** The browser asks whether the page may use the microphone. */
  | { state: 'asking' }
  | { state: 'recording'; startedAt: number }
  /** What was recorded becomes a file. */
  | { state: 'finishing' }
  /** `note` is a sentence that the user must read. */
  | { state: 'over'; note?: string };

/** What a recording needs from its surroundings. */
export interface RecordingParts {
  /** Opens the microphone and begins. Calls `ended` if the microphone is taken away. */
  open(ended: () => void): Promise<OpenedMicrophone>;
  /** Takes what was recorded; `lastedMs` by the clock. */
  keep(recorded: Blob, lastedMs: number): Promise<void>;
  /** ms. */
  now(): number;
}

/** One recording of a voice message, from the question for the microphone until its file; for `useSyncExternalStore`. */
export class Recording {
  readonly #parts: RecordingParts;
  readonly #listeners = new Set<() => void>();
  #view: RecordingView = { state: 'asking' };
  #microphone: Microphone | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: RecordingParts) {
    this.#parts = parts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getView = (): RecordingView => this.#view;

  /** How loud the microphone is now, from 0 to 1. */
  level(): number {
    return this.#microphone?.level() ?? 0;
  }

  /** Asks for the microphone, and records. */
  async begin(): Promise<void> {
    const opened = await this.#parts.open(() => {
      void this.#finish('The microphone was disconnected. What was recorded until then is kept.');
    });
    if (this.#view.state !== 'asking') {
      if (opened.ok) opened.microphone.discard();
      return;
    }
    if (!opened.ok) {
      this.#show({ state: 'over', note: opened.why });
      return;
    }
    this.#microphone = opened.microphone;
    this.#timer = setTimeout(() => {
      const minutes = VOICE_MESSAGE_MS / 60_000;
      void this.#finish(
        `A voice message can last ${minutes} minutes, so the recording was stopped.`,
      );
    }, VOICE_MESSAGE_MS);
    this.#show({ state: 'recording', startedAt: this.#parts.now() });
  }

  /** Ends it and keeps what was recorded. */
  async stop(): Promise<void> {
    if (this.#view.state === 'asking') this.cancel();
    else await this.#finish();
  }

  /** Ends it without keeping anything. */
  cancel(): void {
    if (this.#view.state !== 'asking' && this.#view.state !== 'recording') return;
    clearTimeout(this.#timer);
    this.#microphone?.discard();
    this.#show({ state: 'over' });
  }

  async #finish(note?: string): Promise<void> {
    const view = this.#view;
    if (view.state !== 'recording' || !this.#microphone) return;
    clearTimeout(this.#timer);
    this.#show({ state: 'finishing' });
    try {
      const lastedMs = this.#parts.now() - view.startedAt;
      const recorded = await this.#microphone.stop();
      if (recorded.size === 0) {
        this.#show({ state: 'over', note: 'Nothing was recorded. Check the microphone.' });
        return;
      }
      await this.#parts.keep(recorded, lastedMs);
      this.#show({ state: 'over', ...(note !== undefined && { note }) });
    } catch (error) {
      console.warn('A recording was lost:', error);
      this.#show({ state: 'over', note: 'The recording failed. Record it again.' });
    }
  }

  #show(view: RecordingView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
