import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { GROUP_MEMBERS } from '../../../protocol/limits.ts';
import type { Group, Member } from '../../../protocol/models.ts';
import type { GroupChange } from '../../../protocol/rest-requests.ts';
import type { GroupCreation, Profile } from '../room-rpc.ts';
import { memberWhoMay } from './permissions.ts';
import type { Publish, Writer } from './writer.ts';

/** The rules of the group itself and of its members. */
export class Membership {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  /** Writes a new group with its members and its first system line. The storage must have tables and hold no group. */
  create(creation: GroupCreation, epoch: string): Group {
    const now = this.#writer.effects.clock();
    this.#writer.commit((publish) => {
      this.#writer.store.createGroup({
        kind: 'group',
        name: creation.name,
        topic: creation.topic,
        visibility: creation.visibility,
        created_by: creation.createdBy.id,
        created_at: now,
        archived_at: null,
        rev: 1,
        member_count: 0,
        counter: 1,
        epoch,
        mirrored_directory_rev: 0,
        mirrored_messages_rev: 0,
      });
      publish({ type: 'group_update', rev: 1, group: this.#writer.store.group() });
      this.#admit(creation.createdBy, 'owner', now, publish);
      for (const user of creation.members) {
        if (user.id !== creation.createdBy.id) this.#admit(user, 'member', now, publish);
      }
      this.#writer.insertSystemLine(
        creation.createdBy.id,
        { kind: 'created', text: creation.name },
        publish,
      );
    });
    return this.#writer.store.group();
  }

  /** The group: for its members and, if it is public, for everyone. */
  group(userId: string): Result<Group> {
    const group = this.#writer.store.group();
    if (group.visibility === 'public') return ok(group);
    const reader = memberWhoMay(this.#writer.store, userId, 'read');
    return reader.ok ? ok(group) : reader;
  }

  /** Adds a user to a public group. Nothing changes for a member. */
  join(user: Profile): Result<Group> {
    const group = this.#writer.store.group();
    const before = memberWhoMay(this.#writer.store, user.id, 'read');
    if (before.ok) return ok(group);
    if (group.visibility !== 'public') return before;
    if (group.archivedAt !== undefined)
      return fail('archived', 'This group is archived: nobody can join it.');
    if (group.memberCount >= GROUP_MEMBERS) {
      return fail('conflict', `This group is full: it has ${GROUP_MEMBERS} members.`);
    }
    this.#writer.commit((publish) => {
      this.#admit(user, 'member', this.#writer.effects.clock(), publish);
      this.#writer.insertSystemLine(user.id, { kind: 'joined' }, publish);
    });
    return ok(this.#writer.store.group());
  }

  /** Removes a user from the group. `conflict` for the last owner, who must stay. */
  leave(userId: string): Result<null> {
    const reader = memberWhoMay(this.#writer.store, userId, 'read');
    if (!reader.ok) return this.#writer.store.members.find(userId) ? ok(null) : reader;
    const member = reader.value;
    if (member.role === 'owner' && this.#writer.store.members.countCurrentOwners() === 1) {
      return fail(
        'conflict',
        'You are the last owner of this group. Make someone else an owner first.',
      );
    }
    this.#writer.commit((publish) => {
      // The line goes first: it is the last event that the former member's own clients get.
      this.#writer.insertSystemLine(userId, { kind: 'left' }, publish);
      this.#put({ ...member, leftAt: this.#writer.effects.clock() }, publish);
    });
    return ok(null);
  }

  /** Changes name or topic, visibility, or archives the group. A change to the same values makes no event. */
  change(userId: string, change: GroupChange): Result<Group> {
    const member = memberWhoMay(this.#writer.store, userId, 'change_group');
    if (!member.ok) return member;
    const before = this.#writer.store.group();
    const after = {
      name: change.name ?? before.name,
      topic: change.topic ?? before.topic,
      visibility: change.visibility ?? before.visibility,
      archivedAt: this.#archivedAt(before, change.archived),
    };
    const renamed = after.name !== before.name;
    const retopiced = after.topic !== before.topic;
    const isChanged =
      renamed ||
      retopiced ||
      after.visibility !== before.visibility ||
      after.archivedAt !== (before.archivedAt ?? null);
    if (!isChanged) return ok(before);
    this.#writer.commit((publish) => {
      const rev = this.#writer.store.nextRev();
      this.#writer.store.changeGroup(after, rev);
      publish({ type: 'group_update', rev, group: this.#writer.store.group() });
      if (renamed)
        this.#writer.insertSystemLine(userId, { kind: 'renamed', text: after.name }, publish);
      if (retopiced)
        this.#writer.insertSystemLine(userId, { kind: 'topic', text: after.topic }, publish);
    });
    return ok(this.#writer.store.group());
  }

  /** Updates the copy of a profile. No effect if the user was never a member, or if the copy is newer. */
  updateProfile({ profileAt, ...user }: Profile): void {
    const { store } = this.#writer;
    const member = store.members.find(user.id);
    if (!member || this.#isOlder(user.id, profileAt)) return;
    if (JSON.stringify(member.user) !== JSON.stringify(user)) {
      this.#writer.commit((publish) => this.#put({ ...member, user }, publish, profileAt));
    } else if (profileAt !== undefined) {
      store.members.setProfileAt(user.id, profileAt);
    }
  }

  #admit(person: Profile, role: Member['role'], now: number, publish: Publish): void {
    const { profileAt, ...user } = person;
    const before = this.#writer.store.members.find(user.id);
    const kept = this.#isOlder(user.id, profileAt) ? before?.user : undefined;
    const member = { userId: user.id, role, joinedAt: now, rev: 0, user: kept ?? user };
    this.#put(member, publish, kept ? undefined : profileAt);
  }

  /** Whether the copy is newer than this profile: two versions sent at once may arrive in any order. */
  #isOlder(userId: string, profileAt: number | undefined): boolean {
    return profileAt !== undefined && profileAt < this.#writer.store.members.profileAt(userId);
  }

  #put(member: Member, publish: Publish, profileAt?: number): void {
    const rev = this.#writer.store.nextRev();
    const stamped = { ...member, rev };
    this.#writer.store.putMember(stamped, profileAt);
    const memberCount = this.#writer.store.memberCount();
    publish({ type: 'member_update', rev, member: stamped, memberCount });
  }

  #archivedAt(before: Group, archived: boolean | undefined): number | null {
    if (archived === false) return null;
    if (archived && before.archivedAt === undefined) return this.#writer.effects.clock();
    return before.archivedAt ?? null;
  }
}
