import { ok, type Result } from '../../../protocol/errors.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import type { PreferenceChange } from '../../../protocol/rest-requests.ts';
import type { RoomStore } from '../rows/room-store.ts';
import { inboxEntry } from './inbox-entry.ts';
import { memberWhoMay } from './permissions.ts';

/** The rules of what a member is notified of. */
export class Preferences {
  readonly #store: RoomStore;
  readonly #changed: (userId: string) => void;

  /** `changed` is called after a user's preference was written. */
  constructor(store: RoomStore, changed: (userId: string) => void) {
    this.#store = store;
    this.#changed = changed;
  }

  /** Sets the level, or until when the group is muted. Returns the user's entry as it is now. */
  change(userId: string, change: PreferenceChange): Result<InboxEntry> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    const before = this.#store.preferences.find(userId);
    const level = change.level ?? before.level;
    const mutedUntil = change.mutedUntil === undefined ? before.mutedUntil : change.mutedUntil;
    if (level !== before.level || mutedUntil !== before.mutedUntil) {
      this.#store.preferences.put({ userId, level, mutedUntil });
      this.#changed(userId);
    }
    return ok(inboxEntry(this.#store, member.value));
  }
}
