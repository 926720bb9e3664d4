import { CLOSE, ok, REVOKED_REASON, type Result } from '../../protocol/errors.ts';
import type { Member } from '../../protocol/models.ts';
import type { ServerEvent, ThreadStateEvent } from '../../protocol/server-events.ts';
import type { Identity } from '../auth/identity.ts';
import type { Clock } from '../clock.ts';
import { RevokedSessions } from '../revoked-sessions.ts';
import { errorEvent } from '../sockets/frame-text.ts';
import { closeCodeOf, refuseSocket } from '../sockets/upgrade.ts';
import type { ObjectSql } from '../sql.ts';
import { positionIn } from './admission.ts';
import type { Load } from './followers/load.ts';
import type { Poll, Position } from './room-rpc.ts';
import { memberWhoMay } from './rules/permissions.ts';
import { threadState } from './rules/thread-state.ts';

/**
 * A group that is still being loaded from D1. Its newest page can be read as soon as it is there; everything else fails with
 * how much of the group is there and when to ask again.
 */
export class RestoringGroup {
  readonly load: Load;
  readonly revoked: RevokedSessions;

  constructor(load: Load, sql: ObjectSql, clock: Clock) {
    this.load = load;
    this.revoked = new RevokedSessions(sql, clock);
  }

  /** Refuses a socket. Before it closes, a client that has nothing of this epoch gets the newest page. */
  refuseSocket(upgrade: Request, identity: Identity): Response {
    const { failure } = this.load.failure();
    const reader = this.#reader(identity);
    if (reader && !reader.ok) {
      const { code } = reader.failure;
      const reason = code === 'unauthenticated' ? REVOKED_REASON : '';
      return refuseSocket(upgrade, closeCodeOf(code), reason);
    }
    const state = reader && this.#newest(reader.value, positionIn(new URL(upgrade.url)));
    const events = [...(state ? [state] : []), errorEvent(failure)];
    return refuseSocket(upgrade, CLOSE.unavailable, failure.detail, ...events);
  }

  /** Answers a poll with the newest page, if the client has nothing of this epoch, else with the failure. */
  answerPoll({ userId, sessionId, position }: Poll): Result<ServerEvent[]> {
    const reader = this.#reader({ userId, sessionId });
    if (reader && !reader.ok) return reader;
    const state = reader && this.#newest(reader.value, position);
    return state ? ok([state]) : this.load.failure();
  }

  /** The member who asks; undefined while it is not known who is one. */
  #reader(identity: Pick<Identity, 'userId' | 'sessionId'>): Result<Member> | undefined {
    const admitted = this.revoked.admit(identity);
    if (!admitted.ok) return admitted;
    if (!this.load.hasNewest()) return undefined;
    return memberWhoMay(this.load.store, identity.userId, 'read');
  }

  #newest(me: Member, { since, epoch }: Position): ThreadStateEvent | undefined {
    const { store } = this.load;
    if (since === store.counter() && epoch === store.epoch()) return undefined;
    const state = threadState(store, me, {}, { presence: [], typing: [] });
    // A reply in the timeline whose root is not here yet would look like a root, and stay one in the client.
    const isWhole = state.messages.every((it) => !it.alsoToGroup || it.parentId !== undefined);
    if (!isWhole) return undefined;
    return { ...state, hasBefore: state.hasBefore || !this.load.hasAllMessages() };
  }
}
