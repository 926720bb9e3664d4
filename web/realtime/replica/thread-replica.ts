import type { Message } from '../../../protocol/models.ts';
import { MessageRange } from './message-range.ts';
import { MessageWindow, type RowEvent } from './message-window.ts';

/** The open thread: its root and its replies. */
export class ThreadReplica {
  readonly parentId: string;
  readonly replies: MessageRange;
  /** The group has no such thread. */
  isMissing = false;
  /** The root, alone in a window. */
  readonly #root: MessageWindow;
  /** Changes that arrived before the thread's state, which may be older than they are; undefined once it is loaded. */
  #meanwhile: RowEvent[] | undefined = [];

  constructor(parentId: string, root: Message | undefined) {
    this.parentId = parentId;
    this.replies = new MessageRange((message) => message.parentId === parentId);
    this.#root = new MessageWindow(({ id }) => id === parentId);
    if (root) this.#root.merge(root);
  }

  /** Undefined while it is not known. */
  get root(): Message | undefined {
    return this.#root.row(this.parentId);
  }

  /** Whether the replies are loaded and kept up to date. */
  get isLoaded(): boolean {
    return this.#meanwhile === undefined;
  }

  row(id: string): Message | undefined {
    return this.#root.row(id) ?? this.replies.row(id);
  }

  apply(event: RowEvent): void {
    this.#root.apply(event);
    if (this.#meanwhile) this.#meanwhile.push(event);
    else this.replies.apply(event);
  }

  /** Takes the thread's state: the root and the newest replies, oldest first. */
  adopt(messages: readonly Message[], hasBefore: boolean): void {
    const root = messages.find(({ id }) => id === this.parentId);
    if (root) this.#root.merge(root);
    if (!this.#meanwhile) return;
    this.replies.restart(
      messages.filter((message) => message !== root),
      hasBefore,
    );
    for (const event of this.#meanwhile) this.replies.apply(event);
    this.#meanwhile = undefined;
  }

  /** The group was reset: drops the messages, which have to be loaded again. */
  forget(): void {
    this.#root.restart([], { hasBefore: false, hasAfter: false });
    this.replies.restart([], false);
    this.#meanwhile = [];
  }
}
