import type { FrameOf } from '../../protocol/client-frames.ts';
import type { ReceiptUpdateEvent } from '../../protocol/server-events.ts';

/** Threads that I want to follow or leave, until the server says that I do. */
export class FollowWishes {
  readonly #send: (frame: FrameOf<'thread_follow'>) => void;
  readonly #wishes = new Map<string, boolean>();

  constructor(send: (frame: FrameOf<'thread_follow'>) => void) {
    this.#send = send;
  }

  /** Undefined if I want nothing else than what is. */
  of(parentId: string): boolean | undefined {
    return this.#wishes.get(parentId);
  }

  follow(parentId: string, following: boolean): void {
    this.#wishes.set(parentId, following);
    this.#tell(parentId, following);
  }

  /** A cursor of mine moved: the wish is granted if it says so. */
  granted({ parentId, following }: ReceiptUpdateEvent): void {
    if (parentId !== undefined && this.#wishes.get(parentId) === following) {
      this.#wishes.delete(parentId);
    }
  }

  /** The connection is live: what is not granted is said again, unless it is so already. */
  connected(isSo: (parentId: string) => boolean | undefined): void {
    for (const [parentId, following] of this.#wishes) {
      if (isSo(parentId) === following) this.#wishes.delete(parentId);
      else this.#tell(parentId, following);
    }
  }

  #tell(parentId: string, following: boolean): void {
    this.#send({ type: 'thread_follow', parentId, following });
  }
}
