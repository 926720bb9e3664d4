import type { Member, User } from '../../../protocol/models.ts';

/** The members of a group, and everyone else whom its messages name. */
export class People {
  /** Includes users who left, so that their messages keep a name and an older row cannot bring them back. */
  readonly #members = new Map<string, Member>();
  readonly #others = new Map<string, User>();
  #current: ReadonlyMap<string, Member> | undefined;
  #version = 0;

  /** Grows when a user becomes known or changes. */
  get version(): number {
    return this.#version;
  }

  /** Members who have not left, by user id: the same map until it changes. */
  get members(): ReadonlyMap<string, Member> {
    this.#current ??= new Map([...this.#members].filter(([, member]) => !hasLeft(member)));
    return this.#current;
  }

  /** Undefined for a user whom the server has not named yet. */
  user(userId: string): User | undefined {
    return this.#members.get(userId)?.user ?? this.#others.get(userId);
  }

  /** Whether a former member has left. */
  hasLeft(userId: string): boolean {
    const member = this.#members.get(userId);
    return member !== undefined && hasLeft(member);
  }

  /** Replaces the members by these. */
  restart(members: readonly Member[]): void {
    this.#members.clear();
    this.#current = undefined;
    this.#version += 1;
    for (const member of members) this.merge(member);
  }

  /** Merges a member's row; the higher `rev` wins. */
  merge(member: Member): void {
    const held = this.#members.get(member.userId);
    if (held && held.rev >= member.rev) return;
    this.#members.set(member.userId, member);
    this.#current = undefined;
    this.#version += 1;
  }

  /** Adds users whom messages name. */
  learn(users: readonly User[]): void {
    for (const user of users) {
      if (isSame(this.#others.get(user.id), user)) continue;
      this.#others.set(user.id, user);
      this.#version += 1;
    }
  }
}

function hasLeft(member: Member): boolean {
  return member.leftAt !== undefined;
}

/** Every page names the same users again, as other objects. */
function isSame(a: User | undefined, b: User): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
