import type { SignedIn } from '../session/session.ts';
import type { Clock } from './clock.ts';
import type { GroupClient } from './group-client.ts';
import { LiveGroup } from './live-group.ts';

/** A room that nobody looks at stays open for so long: going to another group and back needs no reload. */
const CLOSE_AFTER_MS = 30_000;

interface OpenGroup {
  userId: string;
  client: GroupClient;
  viewers: number;
  cancelClose: (() => void) | undefined;
}

/** The rooms of this page, one a group and user, shared by all who look at it. */
export class LiveGroups {
  readonly #open = new Map<string, OpenGroup>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The group's client; made now, it is closed again if nobody looks at it. */
  client(session: SignedIn, groupId: string): GroupClient {
    return this.#openGroup(session, groupId).client;
  }

  /** Looks at the room and hears of its changes, until the answer is called. */
  watch(session: SignedIn, groupId: string, listener: () => void): () => void {
    const group = this.#openGroup(session, groupId);
    group.viewers += 1;
    group.cancelClose?.();
    const unsubscribe = group.client.subscribe(listener);
    return () => {
      unsubscribe();
      group.viewers -= 1;
      if (group.viewers === 0) this.#closeLater(keyOf(session, groupId), group);
    };
  }

  /** The person is forgotten on this machine: their rooms stop, and the next ones begin anew. */
  forget(userId: string): void {
    for (const group of this.#open.values()) if (group.userId === userId) group.client.forget();
  }

  #openGroup(session: SignedIn, groupId: string): OpenGroup {
    const key = keyOf(session, groupId);
    const open = this.#open.get(key);
    // One that the server closed stays closed: whoever comes back to it, having joined, begins anew.
    if (open && (open.viewers > 0 || !open.client.getView().closed)) return open;
    open?.cancelClose?.();
    open?.client.close();
    const client = new LiveGroup({ groupId, session });
    const group: OpenGroup = { userId: session.userId, client, viewers: 0, cancelClose: undefined };
    this.#open.set(key, group);
    this.#closeLater(key, group);
    return group;
  }

  #closeLater(key: string, group: OpenGroup): void {
    group.cancelClose = this.#clock.after(CLOSE_AFTER_MS, () => {
      this.#open.delete(key);
      group.client.close();
    });
  }
}

function keyOf(session: SignedIn, groupId: string): string {
  return `${session.userId} ${groupId}`;
}
