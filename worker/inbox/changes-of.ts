import type { InboxUpdate } from '../../protocol/inbox.ts';
import type { InboxEntry } from '../../protocol/rest.ts';

/** What differs between two versions of an entry; all of it for a new one; undefined if nothing differs. */
export function changesOf(
  before: InboxEntry | undefined,
  after: InboxEntry,
): InboxUpdate | undefined {
  const whole = { ...after, mutedUntil: after.mutedUntil ?? null, last: after.last ?? null };
  if (!before) return { groupId: after.group.id, ...after };
  const changed = Object.entries(whole).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(before, key) ?? null),
  );
  if (changed.length === 0) return undefined;
  return { groupId: after.group.id, ...Object.fromEntries(changed) };
}
