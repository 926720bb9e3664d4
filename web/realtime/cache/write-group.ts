import type { CachedGroup } from '../replica/cached-group.ts';
import { allOf, watchErasing, withLocalDatabase } from './local-database.ts';

const CHANNEL = 'edgewise-cached';
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);

/** What this page wrote last of each group, by user and group, unless another tab may have written since. */
const written = new Map<string, { group?: CachedGroup }>();
channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data === 'string') written.delete(data);
});
watchErasing(() => written.clear());

/** How a group is written. */
export interface WriteOptions {
  /** The server counts from a lower rev than before, and what was cached above it no longer exists. */
  isRolledBack?: boolean;
  /** The page may have no turn after this one. */
  isLeaving?: boolean;
}

/**
 * Writes in one transaction what the cached group has and the database has not: rows that are newer than the stored
 * position or missing, and the position itself. Deletes the rows that the group has no more. A page that is left does not ask
 * the database first, if it knows what it holds. The result is that of `GroupCache.write`.
 */
export async function writeGroup(
  cached: CachedGroup,
  { isRolledBack = false, isLeaving = false }: WriteOptions = {},
): Promise<boolean> {
  const { messages, members, ...group } = cached;
  const key = [group.userId, group.group.id] as const;
  const name = key.join(' ');
  const known = isLeaving ? written.get(name)?.group : undefined;
  const own: { group?: CachedGroup } = {};
  written.set(name, own);
  channel?.postMessage(name);
  const isDone = await withLocalDatabase(async (db) => {
    const transaction = db.transaction(['groups', 'messages', 'members'], 'readwrite');
    const stores = {
      groups: transaction.objectStore('groups'),
      messages: transaction.objectStore('messages'),
      members: transaction.objectStore('members'),
    };
    const [stored, messageKeys, memberKeys] = known
      ? rowsOf(known)
      : await Promise.all([
          stores.groups.get([...key]),
          stores.messages.getAllKeys(allOf(...key)),
          stores.members.getAllKeys(allOf(...key)),
        ]);
    const isKnown = stored?.version === group.version && stored.epoch === group.epoch;
    const since = isKnown && !isRolledBack ? stored.since : 0;
    // Another tab is ahead; at the same position the one that heard of the server later.
    if (since > group.since) return true;
    if (since === group.since && (stored?.heardAt ?? 0) > group.heardAt) return true;

    const seqs = messageKeys.map(([, , seq]) => seq);
    const userIds = memberKeys.map(([, , userId]) => userId);
    const changed = changes(messages, ({ seq }) => seq, { keys: seqs, since });
    const changedMembers = changes(members, ({ userId }) => userId, { keys: userIds, since });
    const requests = [
      ...changed.rows.map((row) => stores.messages.put(row, [...key, row.seq])),
      ...changed.gone.map((seq) => stores.messages.delete([...key, seq])),
      ...changedMembers.rows.map((row) => stores.members.put(row, [...key, row.userId])),
      ...changedMembers.gone.map((userId) => stores.members.delete([...key, userId])),
      stores.groups.put(group),
    ];
    transaction.commit();
    await Promise.all([...requests, transaction.done]);
    own.group = cached;
    return true;
  });
  return isDone ?? false;
}

/** What the database holds of a group that is stored as it is here: itself, and the keys of its messages and members. */
function rowsOf(group: CachedGroup) {
  const { userId, messages, members } = group;
  const { id } = group.group;
  return [
    group,
    messages.map(({ seq }): [string, string, number] => [userId, id, seq]),
    members.map((member): [string, string, string] => [userId, id, member.userId]),
  ] as const;
}

/**
 * The rows to store and the keys to delete, where `keys` are stored at position `since`. Every tab at that position had the
 * same rows, so that only a row with a higher `rev` differs, whichever tab stored it.
 */
function changes<Row extends { rev: number }, Key>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  { keys, since }: { keys: readonly Key[]; since: number },
): { rows: Row[]; gone: Key[] } {
  const gone = new Set(keys);
  const changed = rows.filter((row) => {
    const isStored = gone.delete(keyOf(row));
    return !isStored || row.rev > since;
  });
  return { rows: changed, gone: [...gone] };
}
