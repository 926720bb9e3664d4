import type { SignedIn } from '../session/session.ts';
import type { Clock } from './clock.ts';
import type { GroupClient } from './group-client.ts';
import { LiveGroup } from './live-group.ts';

/**
 * A group that is not shown stays connected for this time, so that going to another group and back loads nothing again.
 */
const CLOSE_AFTER_MS = 30_000;

interface SharedGroup {
  userId: string;
  client: GroupClient;
  viewers: number;
  cancelClose: (() => void) | undefined;
}

/** The live groups of this page, one for each user and group, shared by all components. */
export class LiveGroups {
  readonly #open = new Map<string, SharedGroup>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns the group's client. A new one is closed again unless it is watched soon. */
  client(session: SignedIn, groupId: string): GroupClient {
    return this.#openGroup(session, groupId).client;
  }

  /** Calls back after each change of the group, until the returned function is called. */
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

  /** The user is forgotten on this machine: stops their groups. The next ones start empty. */
  forget(userId: string): void {
    for (const group of this.#open.values()) if (group.userId === userId) group.client.forget();
  }

  #openGroup(session: SignedIn, groupId: string): SharedGroup {
    const key = keyOf(session, groupId);
    const open = this.#open.get(key);
    // A group that the server closed does not reopen by itself, and the user may have joined since: start a new one.
    if (open && (open.viewers > 0 || !open.client.getView().closed)) return open;
    open?.cancelClose?.();
    open?.client.close();
    const client = new LiveGroup({ groupId, session });
    const group: SharedGroup = {
      userId: session.userId,
      client,
      viewers: 0,
      cancelClose: undefined,
    };
    this.#open.set(key, group);
    this.#closeLater(key, group);
    return group;
  }

  #closeLater(key: string, group: SharedGroup): void {
    group.cancelClose = this.#clock.after(CLOSE_AFTER_MS, () => {
      this.#open.delete(key);
      group.client.close();
    });
  }
}

function keyOf(session: SignedIn, groupId: string): string {
  return `${session.userId} ${groupId}`;
}
