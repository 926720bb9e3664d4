import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { GROUP_MEMBERS } from '../../../protocol/limits.ts';
import { isLower, mayChangeRole, mayRemove } from '../../../protocol/managing.ts';
import type { Group, Member, MemberRole } from '../../../protocol/models.ts';
import { waitInWords } from '../../wait-in-words.ts';
import type { Invitation, Profile } from '../room-rpc.ts';
import { admit, isOlder, putMember } from './admit.ts';
import { memberWhoMay, memberWhoMayWrite, memberWhoseGroupChanges } from './permissions.ts';
import type { Writer } from './writer.ts';

const HOUR_MS = 60 * 60_000;

/** The rules of who is a member of the group, and with which role. */
export class Membership {
  readonly #writer: Writer;
  readonly #joinsPerHour: number;

  /** `joinsPerHour`: how often a user may join by themselves. */
  constructor(writer: Writer, joinsPerHour: number) {
    this.#writer = writer;
    this.#joinsPerHour = joinsPerHour;
  }

  /** Adds a user to a public group; `rate_limited` if they have joined it too often. Nothing changes for a member. */
  join(user: Profile): Result<Group> {
    const { store } = this.#writer;
    const group = store.group();
    const before = memberWhoseGroupChanges(store, user.id);
    if (before.ok) return ok(group);
    return group.visibility === 'public' ? this.#enter(user, 'member') : before;
  }

  /** Adds a user who has an invitation, to a private group too; otherwise as `join`. */
  joinInvited(user: Profile, { invitedBy, invitedAt, role }: Invitation): Result<Group> {
    const { store } = this.#writer;
    if (this.#current(user.id)) return ok(store.group());
    const inviter = memberWhoMay(store, invitedBy, 'invite');
    if (!inviter.ok) return fail('not_found', 'This invitation does not work any more.');
    // A link that still works must not bring back a person who was removed.
    const { leftAt } = store.members.find(user.id) ?? {};
    if (leftAt !== undefined && leftAt >= invitedAt && store.group().visibility === 'private') {
      return fail(
        'forbidden',
        'You were in this group when the invitation was made, and are not any more. Ask for a new one.',
      );
    }
    return this.#enter(user, role);
  }

  /** Whether a member may make a new invitation, which an archived group has none of, or manage the existing ones. */
  mayInvite(userId: string, which: 'new' | 'existing'): Result<null> {
    const { store } = this.#writer;
    const allowed = which === 'new' ? memberWhoMayWrite : memberWhoMay;
    const member = allowed(store, userId, 'invite');
    return member.ok ? ok(null) : member;
  }

  #enter(user: Profile, role: 'member' | 'guest'): Result<Group> {
    const { store } = this.#writer;
    if (store.isArchived()) return fail('archived', 'This group is archived: nobody can join it.');
    const rested = this.#hasRested(user.id);
    if (!rested.ok) return rested;
    const space = this.#spaceFor(1);
    if (!space.ok) return space;
    this.#writer.commit((publish) => {
      // A guest who comes back by themselves must not have become a member by leaving.
      const wasGuest = store.members.find(user.id)?.role === 'guest';
      admit(this.#writer, user, wasGuest ? 'guest' : role, publish);
      this.#writer.insertSystemLine(user.id, { kind: 'joined' }, publish);
    });
    return ok(store.group());
  }

  /** Adds people, with one line for all. Those who are members already stay as they are. */
  add(userId: string, people: readonly Profile[], role: 'member' | 'guest'): Result<Group> {
    const { store } = this.#writer;
    const adder = memberWhoMayWrite(store, userId, 'add_members');
    if (!adder.ok) return adder;
    const added = people.filter(({ id }) => !this.#current(id));
    if (added.length === 0) return ok(store.group());
    const space = this.#spaceFor(added.length);
    if (!space.ok) return space;
    this.#writer.commit((publish) => {
      for (const person of added) admit(this.#writer, person, role, publish);
      const userIds = added.map(({ id }) => id);
      this.#writer.insertSystemLine(userId, { kind: 'added', userIds }, publish);
    });
    return ok(store.group());
  }

  /** Removes a user from the group. `conflict` for the last owner, who must stay. */
  leave(userId: string): Result<null> {
    const { store } = this.#writer;
    const reader = memberWhoseGroupChanges(store, userId);
    if (!reader.ok) return hasLeft(store.members.find(userId)) ? ok(null) : reader;
    const stays = this.#needsOwner(reader.value);
    if (!stays.ok) return stays;
    this.#writer.commit((publish) => {
      // The line goes first: it is the last event that the former member's own clients get.
      this.#writer.insertSystemLine(userId, { kind: 'left' }, publish);
      putMember(this.#writer, this.#left(reader.value), publish);
    });
    return ok(null);
  }

  /** Removes someone else. Removing a former member again is harmless. */
  remove(userId: string, memberId: string): Result<null> {
    if (userId === memberId) return this.leave(userId);
    const { store } = this.#writer;
    const remover = memberWhoseGroupChanges(store, userId);
    if (!remover.ok) return remover;
    const member = store.members.find(memberId);
    if (!member) return noSuchMember();
    if (!mayRemove(remover.value.role, member.role)) {
      return fail('forbidden', `Your role in this group does not allow removing ${member.role}s.`);
    }
    if (member.leftAt !== undefined) return ok(null);
    this.#writer.commit((publish) => {
      const line = { kind: 'removed' as const, userIds: [memberId] };
      this.#writer.insertSystemLine(userId, line, publish);
      putMember(this.#writer, this.#left(member), publish);
    });
    return ok(null);
  }

  /** Changes a member's role. Everyone may step down; `conflict` for the last owner. The same role changes nothing. */
  setRole(userId: string, memberId: string, role: MemberRole): Result<Member> {
    const { store } = this.#writer;
    const changer = memberWhoseGroupChanges(store, userId);
    if (!changer.ok) return changer;
    const member = this.#current(memberId);
    if (!member) return noSuchMember();
    const isStepDown = userId === memberId && isLower(role, member.role);
    if (!isStepDown && !mayChangeRole(changer.value.role, { from: member.role, to: role })) {
      return fail('forbidden', 'Your role in this group does not allow this. Ask an owner.');
    }
    if (member.role === role) return ok(member);
    const stays = this.#needsOwner(member);
    if (!stays.ok) return stays;
    this.#writer.commit((publish) => {
      putMember(this.#writer, { ...member, role }, publish);
      const line = { kind: 'role' as const, userIds: [memberId], text: role };
      this.#writer.insertSystemLine(userId, line, publish);
    });
    return ok(this.#current(memberId) ?? member);
  }

  /** Updates the copy of a profile. No effect if the user was never a member, or if the copy is newer. */
  updateProfile({ profileAt, ...user }: Profile): void {
    const { store } = this.#writer;
    const member = store.members.find(user.id);
    if (!member || isOlder(store, user.id, profileAt)) return;
    if (JSON.stringify(member.user) !== JSON.stringify(user)) {
      this.#writer.commit((publish) =>
        putMember(this.#writer, { ...member, user }, publish, profileAt),
      );
    } else if (profileAt !== undefined) {
      store.members.setProfileAt(user.id, profileAt);
    }
  }

  #current(userId: string): Member | undefined {
    const member = this.#writer.store.members.find(userId);
    return hasLeft(member) ? undefined : member;
  }

  #left(member: Member): Member {
    return { ...member, leftAt: this.#writer.effects.clock() };
  }

  /** `conflict` if the group would be without an owner. */
  #needsOwner({ role }: Member): Result<null> {
    if (role !== 'owner' || this.#writer.store.members.countCurrentOwners() > 1) return ok(null);
    return fail(
      'conflict',
      'You are the last owner of this group. Make someone else an owner first.',
    );
  }

  /** Someone who joins and leaves in turn must not pester the group. It shows in the lines that they have left behind. */
  #hasRested(userId: string): Result<null> {
    const { store, effects } = this.#writer;
    const most = this.#joinsPerHour;
    const joinedAt = store.messages.nthLastJoin(userId, most);
    const retryAfterMs = joinedAt === undefined ? 0 : joinedAt + HOUR_MS - effects.clock();
    if (retryAfterMs <= 0) return ok(null);
    return fail(
      'rate_limited',
      `You have joined this group ${most} times within an hour. Try again in ${waitInWords(retryAfterMs)}.`,
      { retryAfterMs },
    );
  }

  #spaceFor(more: number): Result<null> {
    if (this.#writer.store.memberCount() + more <= GROUP_MEMBERS) return ok(null);
    return fail('conflict', `This group is full: it can have ${GROUP_MEMBERS} members.`);
  }
}

function hasLeft(member: Member | undefined): boolean {
  return member?.leftAt !== undefined;
}

function noSuchMember() {
  return fail('not_found', 'There is no such member in this group.');
}
