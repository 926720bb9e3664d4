import type { FrameOf } from '../../../protocol/client-frames.ts';
import type { ErrorEvent, ReceiptUpdateEvent } from '../../../protocol/server-events.ts';
import type { PendingSignalStore } from './pending-signals.ts';

/** Threads that I want to follow or leave, until the server says that I do. They outlive the page. */
export class FollowRequests {
  readonly #send: (frame: FrameOf<'thread_follow'>) => void;
  readonly #pending: PendingSignalStore;
  /** By thread: what I want, and the `ref` of the frame that said so last, `""` before the first. */
  readonly #requests = new Map<string, { following: boolean; ref: string }>();
  #sent = 0;

  constructor(send: (frame: FrameOf<'thread_follow'>) => void, pending: PendingSignalStore) {
    this.#send = send;
    this.#pending = pending;
    for (const [parentId, following] of Object.entries(pending.read().follows)) {
      this.#requests.set(parentId, { following, ref: '' });
    }
  }

  /** Undefined if I want nothing else than what is. */
  of(parentId: string): boolean | undefined {
    return this.#requests.get(parentId)?.following;
  }

  follow(parentId: string, following: boolean): void {
    this.#pending.set('follows', parentId, following);
    this.#request(parentId, following);
  }

  /** A cursor of mine moved: the wish is granted if it says so. */
  acknowledged({ parentId, following }: ReceiptUpdateEvent): void {
    if (parentId !== undefined && this.of(parentId) === following) this.#drop(parentId);
  }

  /** The connection is live: what is not granted is said again, unless it is so already. */
  connected(current: (parentId: string) => boolean | undefined): void {
    for (const [parentId, { following }] of this.#requests) {
      if (current(parentId) === following) this.#drop(parentId);
      else this.#request(parentId, following);
    }
  }

  /** The server refused something for good: a wish that it was about is over, because the thread is gone. */
  refused({ ref }: ErrorEvent): void {
    for (const [parentId, request] of this.#requests) if (request.ref === ref) this.#drop(parentId);
  }

  /** The group is not this person's any more. */
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
