import type { Member } from '../../../protocol/models.ts';
import type { Profile } from '../room-rpc.ts';
import type { RoomStore } from '../rows/room-store.ts';
import type { Publish, Writer } from './writer.ts';

/** Makes a person a member, within a commit. What was there before they joined counts as read. */
export function admit(
  writer: Writer,
  person: Profile,
  role: Member['role'],
  publish: Publish,
): void {
  const { store, effects } = writer;
  const { profileAt, ...user } = person;
  const before = store.members.find(user.id);
  const kept = isOlder(store, user.id, profileAt) ? before?.user : undefined;
  const member = {
    userId: user.id,
    role,
    joinedAt: effects.clock(),
    rev: 0,
    user: kept ?? user,
  };
  const lastSeq = store.messages.lastSeq();
  store.cursors.startAt(user.id, lastSeq);
  store.follows.startAt(user.id, lastSeq);
  putMember(writer, member, publish, kept ? undefined : profileAt);
}

/** Writes a member's row under the next rev, within a commit. Without `profileAt` the version of the profile stays. */
export function putMember(
  { store }: Writer,
  member: Member,
  publish: Publish,
  profileAt?: number,
): void {
  const rev = store.nextRev();
  const stamped = { ...member, rev };
  store.putMember(stamped, profileAt);
  publish({ type: 'member_update', rev, member: stamped, memberCount: store.memberCount() });
}

/** Whether the copy is newer than this version of a profile: two versions sent at once may arrive in any order. */
export function isOlder(store: RoomStore, userId: string, profileAt: number | undefined): boolean {
  return profileAt !== undefined && profileAt < store.members.profileAt(userId);
}
