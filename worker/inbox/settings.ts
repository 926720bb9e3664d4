import { isDoNotDisturb, nextChange } from '../../protocol/do-not-disturb.ts';
import type { SettingsChange, UserSettings } from '../../protocol/settings.ts';
import type { Clock } from '../clock.ts';
import type { ReadReceiptsWish } from '../room/room-rpc.ts';
import type { SettingsStore, StoredSettings } from './rows/settings-store.ts';

/** What the user has set for their account, and what follows from it now. */
export class Settings {
  readonly #store: SettingsStore;
  readonly #clock: Clock;
  #settings: StoredSettings;

  constructor(store: SettingsStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#settings = store.read();
  }

  get(): UserSettings {
    const { doNotDisturb, readReceipts = true } = this.#settings;
    return { doNotDisturb, readReceipts };
  }

  /** Whether the user sends and sees read receipts, as their Rooms need it. */
  readReceipts(): ReadReceiptsWish {
    const { readReceipts = true, readReceiptsVersion = 0 } = this.#settings;
    return { isOn: readReceipts, version: readReceiptsVersion };
  }

  /** What the change leaves out stays as it is; null ends it. */
  change({ doNotDisturb = {}, readReceipts }: SettingsChange): UserSettings {
    const { until, schedule } = { ...this.#settings.doNotDisturb, ...doNotDisturb };
    const { isOn, version } = this.readReceipts();
    const isOnNow = readReceipts ?? isOn;
    this.#settings = {
      doNotDisturb: { ...(until && { until }), ...(schedule && { schedule }) },
      readReceipts: isOnNow,
      readReceiptsVersion: version + Number(isOnNow !== isOn),
    };
    this.#store.put(this.#settings);
    return this.get();
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
