import { isDoNotDisturb, nextChange } from '../../protocol/do-not-disturb.ts';
import type { SettingsChange, UserSettings } from '../../protocol/settings.ts';
import type { Clock } from '../clock.ts';
import type { SettingsStore } from './rows/settings-store.ts';

/** What the user has set for their account, and what follows from it now. */
export class Settings {
  readonly #store: SettingsStore;
  readonly #clock: Clock;
  #settings: UserSettings;

  constructor(store: SettingsStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#settings = store.read();
  }

  get(): UserSettings {
    return this.#settings;
  }

  /** What the change leaves out stays as it is; null ends it. */
  change({ doNotDisturb = {} }: SettingsChange): UserSettings {
    const { until, schedule } = { ...this.#settings.doNotDisturb, ...doNotDisturb };
    this.#settings = { doNotDisturb: { ...(until && { until }), ...(schedule && { schedule }) } };
    this.#store.put(this.#settings);
    return this.#settings;
  }

  /**
   * Whether the user may be disturbed with a sound or a notification, now or at another time (ms UTC). Everything that would
   * do so asks here first.
   */
  mayBeDisturbed(at: number = this.#clock()): boolean {
    return !isDoNotDisturb(this.#settings.doNotDisturb, at);
  }

  /** When `mayBeDisturbed` has another answer, ms UTC; undefined if not within a week. */
  nextChange(): number | undefined {
    return nextChange(this.#settings.doNotDisturb, this.#clock());
  }
}
