import type { SignedIn } from '../session/session.ts';
import type { Clock } from './clock.ts';
import type { GroupClient } from './group-client.ts';
import { openRoom } from './room-client.ts';

/** A room that nobody looks at stays open for so long: going to another group and back needs no reload. */
const KEEP_MS = 30_000;

interface KeptGroup {
  userId: string;
  client: GroupClient;
  lookers: number;
  cancelClose: (() => void) | undefined;
}

/** The rooms of this page, one a group and user, shared by all who look at it. */
export class LiveGroups {
  readonly #kept = new Map<string, KeptGroup>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The group's client; made now, it is closed again if nobody looks at it. */
  client(session: SignedIn, groupId: string): GroupClient {
    return this.#room(session, groupId).client;
  }

  /** Looks at the room and hears of its changes, until the answer is called. */
  look(session: SignedIn, groupId: string, listener: () => void): () => void {
    const room = this.#room(session, groupId);
    room.lookers += 1;
    room.cancelClose?.();
    const unsubscribe = room.client.subscribe(listener);
    return () => {
      unsubscribe();
      room.lookers -= 1;
      if (room.lookers === 0) this.#closeLater(keyOf(session, groupId), room);
    };
  }

  /** The person is forgotten on this machine: their rooms stop, and the next ones begin anew. */
  forget(userId: string): void {
    for (const room of this.#kept.values()) if (room.userId === userId) room.client.forget();
  }

  #room(session: SignedIn, groupId: string): KeptGroup {
    const key = keyOf(session, groupId);
    const kept = this.#kept.get(key);
    // One that the server closed stays closed: whoever comes back to it, having joined, begins anew.
    if (kept && (kept.lookers > 0 || !kept.client.getView().closed)) return kept;
    kept?.cancelClose?.();
    kept?.client.close();
    const client = openRoom({ groupId, session });
    const room: KeptGroup = { userId: session.userId, client, lookers: 0, cancelClose: undefined };
    this.#kept.set(key, room);
    this.#closeLater(key, room);
    return room;
  }

  #closeLater(key: string, room: KeptGroup): void {
    room.cancelClose = this.#clock.after(KEEP_MS, () => {
      this.#kept.delete(key);
      room.client.close();
    });
  }
}

function keyOf(session: SignedIn, groupId: string): string {
  return `${session.userId} ${groupId}`;
}
