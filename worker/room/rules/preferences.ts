import { ok, type Result } from '../../../protocol/errors.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import type { PreferenceChange } from '../../../protocol/rest-requests.ts';
import type { RoomStore } from '../rows/room-store.ts';
import { inboxEntry } from './inbox-entry.ts';
import { memberWhoMay } from './permissions.ts';

/** The rules of what a member sets for themselves: what notifies them, and whether their list shows a direct group. */
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
      this.#store.preferences.put({ ...before, userId, level, mutedUntil });
      this.#changed(userId);
    }
    return ok(inboxEntry(this.#store, member.value));
  }

  /** Hides a direct group from the user's list until its next message. They stay a member. */
  hide(userId: string): Result<null> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    const before = this.#store.preferences.find(userId);
    const hiddenSeq = this.#store.messages.lastSeq();
    if (hiddenSeq !== before.hiddenSeq) {
      this.#store.preferences.put({ ...before, userId, hiddenSeq });
      this.#changed(userId);
    }
    return ok(null);
  }
}
