import { fail, ok, type Result } from '../../protocol/errors.ts';
import { GROUP_MEMBERS } from '../../protocol/limits.ts';
import type { Group, Member, Message, SystemLine, User } from '../../protocol/models.ts';
import type { GroupChange } from '../../protocol/rest.ts';
import type { DurableEvent } from '../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import { type Action, may } from './permissions.ts';
import type { GroupCreation } from './room-rpc.ts';
import type { RoomStore } from './room-store.ts';

/** What the rules need from outside. */
export interface ConversationEffects {
  clock: Clock;
  /** A new UUIDv7. */
  newId: () => string;
  /** Sends an event to everyone connected. Called once the change is written. */
  publish: (event: DurableEvent) => void;
}

/**
 * The rules of a group: what may happen, what it changes, and which events it makes. Pure: decide, write and publish
 * stand in one synchronous turn, so nothing can come between them.
 */
export class Conversation {
  readonly #store: RoomStore;
  readonly #effects: ConversationEffects;

  constructor(store: RoomStore, effects: ConversationEffects) {
    this.#store = store;
    this.#effects = effects;
  }

  /** Writes a new group with its members and its first line. The storage must have tables and hold no group. */
  create(creation: GroupCreation, epoch: string): Group {
    const now = this.#effects.clock();
    this.#commit((publish) => {
      this.#store.createGroup({
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
        archived_directory_rev: 0,
        archived_messages_rev: 0,
      });
      publish({ type: 'group_update', rev: 1, group: this.#store.group() });
      this.#admit(creation.createdBy, 'owner', now, publish);
      for (const user of creation.members) {
        if (user.id !== creation.createdBy.id) this.#admit(user, 'member', now, publish);
      }
      this.#say(creation.createdBy.id, { kind: 'created', text: creation.name }, publish);
    });
    return this.#store.group();
  }

  /** The member that `userId` is, if it may do this; `not_found` for a group that the caller must not know of. */
  member(userId: string, action: Action): Result<Member> {
    const member = this.#store.member(userId);
    if (!member || member.leftAt !== undefined) {
      const isKnown = this.#store.group().visibility === 'public' || member !== undefined;
      if (!isKnown) return fail('not_found', 'There is no such group.');
      return fail('forbidden', 'You are not a member of this group.');
    }
    if (!may(member.role, action)) {
      return fail('forbidden', 'Your role in this group does not allow this. Ask an admin of it.');
    }
    return ok(member);
  }

  /** The group, for its members and, if it is public, for everyone. */
  group(userId: string): Result<Group> {
    const group = this.#store.group();
    if (group.visibility === 'public') return ok(group);
    const reader = this.member(userId, 'read');
    return reader.ok ? ok(group) : reader;
  }

  /** A message of a person. `created` is false, and nothing changes, if the same author sent this id before. */
  send(
    userId: string,
    { id, content }: { id: string; content: string },
  ): Result<{ message: Message; created: boolean }> {
    const author = this.member(userId, 'send');
    if (!author.ok) return author;
    const existing = this.#store.message(id);
    if (existing) {
      if (existing.userId === userId && !existing.system)
        return ok({ message: existing, created: false });
      return fail('conflict', 'This id belongs to another message. Send it under a new one.');
    }
    if (this.#store.group().archivedAt !== undefined) {
      return fail('archived', 'This group is archived: it can be read, not written to.');
    }
    const message = this.#commit((publish) => this.#insert({ id, userId, content }, publish));
    return ok({ message, created: true });
  }

  /** Adds a person to a public group. Whoever is in it already stays as they are. */
  join(user: User): Result<Group> {
    const group = this.#store.group();
    const before = this.member(user.id, 'read');
    if (before.ok) return ok(group);
    if (group.visibility !== 'public') return before;
    if (group.archivedAt !== undefined)
      return fail('archived', 'This group is archived: nobody can join it.');
    if (group.memberCount >= GROUP_MEMBERS) {
      return fail('conflict', `This group is full: it has ${GROUP_MEMBERS} members.`);
    }
    this.#commit((publish) => {
      this.#admit(user, 'member', this.#effects.clock(), publish);
      this.#say(user.id, { kind: 'joined' }, publish);
    });
    return ok(this.#store.group());
  }

  /** Takes a person out of the group. The last owner has to stay. */
  leave(userId: string): Result<null> {
    const reader = this.member(userId, 'read');
    if (!reader.ok) return this.#store.member(userId) ? ok(null) : reader;
    const member = reader.value;
    if (member.role === 'owner' && this.#store.currentOwners() === 1) {
      return fail(
        'conflict',
        'You are the last owner of this group. Make someone else an owner first.',
      );
    }
    this.#commit((publish) => {
      // The line comes first: it is the last that the leaver's own devices hear.
      this.#say(userId, { kind: 'left' }, publish);
      this.#put({ ...member, leftAt: this.#effects.clock() }, publish);
    });
    return ok(null);
  }

  /** Changes name, topic, visibility or archive. What is as it was makes no event. */
  change(userId: string, change: GroupChange): Result<Group> {
    const member = this.member(userId, 'change_group');
    if (!member.ok) return member;
    const before = this.#store.group();
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
    this.#commit((publish) => {
      const rev = this.#store.nextRev();
      this.#store.changeGroup(after, rev);
      publish({ type: 'group_update', rev, group: this.#store.group() });
      if (renamed) this.#say(userId, { kind: 'renamed', text: after.name }, publish);
      if (retopiced) this.#say(userId, { kind: 'topic', text: after.topic }, publish);
    });
    return ok(this.#store.group());
  }

  /** Takes over a changed profile, if the person is or was here and it differs from the copy. */
  updateProfile(user: User): void {
    const member = this.#store.member(user.id);
    if (!member || JSON.stringify(member.user) === JSON.stringify(user)) return;
    this.#commit((publish) => this.#put({ ...member, user }, publish));
  }

  /** Runs `work` in one transaction; what it publishes goes out only after it, and not at all if it throws. */
  #commit<T>(work: (publish: (event: DurableEvent) => void) => T): T {
    const events: DurableEvent[] = [];
    const value = this.#store.transaction(() => work((event) => events.push(event)));
    for (const event of events) this.#effects.publish(event);
    return value;
  }

  #admit(
    user: User,
    role: Member['role'],
    now: number,
    publish: (event: DurableEvent) => void,
  ): void {
    this.#put({ userId: user.id, role, joinedAt: now, rev: 0, user }, publish);
  }

  #put(member: Member, publish: (event: DurableEvent) => void): void {
    const rev = this.#store.nextRev();
    const stamped = { ...member, rev };
    this.#store.putMember(stamped);
    const { memberCount } = this.#store.group();
    publish({ type: 'member_update', rev, member: stamped, memberCount });
  }

  #say(userId: string, system: SystemLine, publish: (event: DurableEvent) => void): void {
    this.#insert({ id: this.#effects.newId(), userId, content: '', system }, publish);
  }

  #insert(
    draft: Pick<Message, 'id' | 'userId' | 'content' | 'system'>,
    publish: (event: DurableEvent) => void,
  ): Message {
    const rev = this.#store.nextRev();
    const message: Message = {
      ...draft,
      groupId: this.#store.groupId,
      seq: rev,
      rev,
      createdAt: this.#effects.clock(),
    };
    this.#store.insertMessage(message);
    publish({ type: 'message', rev, message });
    return message;
  }

  #archivedAt(before: Group, archived: boolean | undefined): number | null {
    if (archived === false) return null;
    if (archived && before.archivedAt === undefined) return this.#effects.clock();
    return before.archivedAt ?? null;
  }
}
