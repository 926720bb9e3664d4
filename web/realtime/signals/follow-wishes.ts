import type { FrameOf } from '../../../protocol/client-frames.ts';
import type { ErrorEvent, ReceiptUpdateEvent } from '../../../protocol/server-events.ts';
import type { UntoldStore } from './untold.ts';

/** Threads that I want to follow or leave, until the server says that I do. They outlive the page. */
export class FollowWishes {
  readonly #send: (frame: FrameOf<'thread_follow'>) => void;
  readonly #untold: UntoldStore;
  /** By thread: what I want, and the `ref` of the frame that said so last, `""` before the first. */
  readonly #wishes = new Map<string, { following: boolean; ref: string }>();
  #told = 0;

  constructor(send: (frame: FrameOf<'thread_follow'>) => void, untold: UntoldStore) {
    this.#send = send;
    this.#untold = untold;
    for (const [parentId, following] of Object.entries(untold.read().follows)) {
      this.#wishes.set(parentId, { following, ref: '' });
    }
  }

  /** Undefined if I want nothing else than what is. */
  of(parentId: string): boolean | undefined {
    return this.#wishes.get(parentId)?.following;
  }

  follow(parentId: string, following: boolean): void {
    this.#untold.set('follows', parentId, following);
    this.#tell(parentId, following);
  }

  /** A cursor of mine moved: the wish is granted if it says so. */
  granted({ parentId, following }: ReceiptUpdateEvent): void {
    if (parentId !== undefined && this.of(parentId) === following) this.#drop(parentId);
  }

  /** The connection is live: what is not granted is said again, unless it is so already. */
  connected(isSo: (parentId: string) => boolean | undefined): void {
    for (const [parentId, { following }] of this.#wishes) {
      if (isSo(parentId) === following) this.#drop(parentId);
      else this.#tell(parentId, following);
    }
  }

  /** The server refused something for good: a wish that it was about is over, because the thread is gone. */
  refused({ ref }: ErrorEvent): void {
    for (const [parentId, wish] of this.#wishes) if (wish.ref === ref) this.#drop(parentId);
  }

  /** The group is not this person's any more. */
  forget(): void {
    this.#wishes.clear();
  }

  #drop(parentId: string): void {
    this.#wishes.delete(parentId);
    this.#untold.set('follows', parentId);
  }

  #tell(parentId: string, following: boolean): void {
    this.#told += 1;
    const ref = `follow ${this.#told}`;
    this.#wishes.set(parentId, { following, ref });
    this.#send({ type: 'thread_follow', ref, parentId, following });
  }
}
