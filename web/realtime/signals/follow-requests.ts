import type { FrameOf } from '../../../protocol/client-frames.ts';
import type { ErrorEvent, ReceiptUpdateEvent } from '../../../protocol/server-events.ts';
import type { PendingSignalStore } from './pending-signals.ts';

/**
 * Threads that I asked to follow or to leave, until the server acknowledges it. They are stored, and survive the page.
 */
export class FollowRequests {
  readonly #send: (frame: FrameOf<'thread_follow'>) => void;
  readonly #pending: PendingSignalStore;
  /** By thread: the request, and the `ref` of its last frame, `""` before the first. */
  readonly #requests = new Map<string, { following: boolean; ref: string }>();
  #sent = 0;

  constructor(send: (frame: FrameOf<'thread_follow'>) => void, pending: PendingSignalStore) {
    this.#send = send;
    this.#pending = pending;
    for (const [parentId, following] of Object.entries(pending.read().follows)) {
      this.#requests.set(parentId, { following, ref: '' });
    }
  }

  /** What was requested for this thread; undefined without a request. */
  of(parentId: string): boolean | undefined {
    return this.#requests.get(parentId)?.following;
  }

  follow(parentId: string, following: boolean): void {
    this.#pending.set('follows', parentId, following);
    this.#request(parentId, following);
  }

  /** One of my cursors changed: the event acknowledges a request if it says the same. */
  acknowledged({ parentId, following }: ReceiptUpdateEvent): void {
    if (parentId !== undefined && this.of(parentId) === following) this.#drop(parentId);
  }

  /** The connection is live: sends each request again that does not match the current state. */
  connected(current: (parentId: string) => boolean | undefined): void {
    for (const [parentId, { following }] of this.#requests) {
      if (current(parentId) === following) this.#drop(parentId);
      else this.#request(parentId, following);
    }
  }

  /** The server refused a frame for good: a request that it carried is dropped, because the thread is gone. */
  refused({ ref }: ErrorEvent): void {
    for (const [parentId, request] of this.#requests) if (request.ref === ref) this.#drop(parentId);
  }

  /** The user has lost the group. */
  forget(): void {
    this.#requests.clear();
  }

  #drop(parentId: string): void {
    this.#requests.delete(parentId);
    this.#pending.set('follows', parentId);
  }

  #request(parentId: string, following: boolean): void {
    this.#sent += 1;
    const ref = `follow ${this.#sent}`;
    this.#requests.set(parentId, { following, ref });
    this.#send({ type: 'thread_follow', ref, parentId, following });
  }
}
