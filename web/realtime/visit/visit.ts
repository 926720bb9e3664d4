import type { ThreadStateEvent } from '../../../protocol/server-events.ts';
import type { OpeningView } from '../group-view.ts';
import type { GroupReplica } from '../replica/group-replica.ts';
import type { RowEvent } from '../replica/message-window.ts';
import { threadIn } from '../replica/my-cursors.ts';
import type { Paging } from '../sync/paging.ts';
import { Divider } from './divider.ts';

/** The open thread, with my read cursor in it when it was opened; undefined while that is not known. */
export interface OpenedThread {
  parentId: string;
  readSeq: number | undefined;
  /** The divider was cleared: nothing in the thread is marked as new any more. */
  isCleared?: boolean;
}

/** What a visit needs from its surroundings. */
export interface VisitParts {
  /** My user id. */
  me: string;
  replica(): GroupReplica;
  paging: Paging;
  /** Whether my cursors are up to date, or cannot be brought up to date now. */
  knowsReads(): boolean;
  /** Asks the server for the current unread counts. */
  askForState(): void;
  changed(): void;
}

/** One visit of a group: what was new when it began, in the timeline and in the open thread. */
export class Visit {
  readonly divider: Divider;
  readonly #parts: VisitParts;
  #isOn = false;
  #thread: OpenedThread | undefined;

  constructor(parts: VisitParts) {
    this.#parts = parts;
    this.divider = new Divider(parts.me);
  }

  /** Whether the group is shown. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** Whether it is known where the new messages of this visit begin. */
  get opening(): OpeningView {
    if (this.divider.isOpened) return 'known';
    const { me, timeline } = this.#parts.replica();
    if (!me || this.divider.hasNew(me.readSeq, timeline.present.messages)) return 'unknown';
    return 'below';
  }

  /** The open thread, with my read cursor in it when it was opened. */
  get thread(): OpenedThread | undefined {
    return this.#thread;
  }

  /** The group is shown. */
  begin(): void {
    this.#isOn = true;
    this.resume();
  }

  /** Places the dividers once my cursors are known. */
  resume(): void {
    this.#beginThread();
    const { replica, knowsReads, askForState } = this.#parts;
    const { me, timeline } = replica();
    if (!this.#isOn || !me || !knowsReads()) return;
    const isNew = this.divider.open(me.readSeq, timeline.present.messages);
    // I have read on since the last state, which has the count. Asked once, because other devices go on changing it.
    if (isNew && !this.divider.isCounted(timeline.present)) askForState();
    void this.#reachDivider();
  }

  /** The group is no longer shown, and nothing in it is new any more. */
  end(): void {
    this.#isOn = false;
    this.divider.leave();
  }

  /** Shows the messages around the divider, which may be far above what is loaded. */
  async jumpToDivider(): Promise<void> {
    const { afterSeq } = this.divider;
    if (afterSeq !== undefined) await this.#parts.paging.jumpToSeq(afterSeq + 1);
  }

  openThread(parentId: string): void {
    this.#thread = { parentId, readSeq: undefined };
    this.#beginThread();
  }

  closeThread(): void {
    this.#thread = undefined;
  }

  /** Removes the divider of the timeline, or of the open thread if `parentId` names it. */
  clearDivider(parentId: string | undefined): void {
    if (parentId === undefined) this.divider.clear();
    else if (this.#thread?.parentId === parentId)
      this.#thread = { ...this.#thread, isCleared: true };
  }

  /** Takes the group's state. */
  adopted({ me: { readSeq, unread = 0, mentions = 0 }, rev }: ThreadStateEvent): void {
    this.divider.counted({ readSeq, unread, mentions }, rev);
  }

  /** Takes a change of rows. */
  applied(event: RowEvent): void {
    if (event.type !== 'message' && event.type !== 'row') return;
    const { parentId, alsoToGroup } = event.message;
    if (parentId === undefined || alsoToGroup) this.divider.arrived(event.message);
  }

  /** Notes my read cursor when the thread was opened. A URL can open a thread before any cursor is known. */
  #beginThread(): void {
    const { me, group } = this.#parts.replica();
    if (!this.#thread || this.#thread.readSeq !== undefined) return;
    if (!me || !this.#parts.knowsReads()) return;
    const { parentId } = this.#thread;
    // A thread that I have no part in has nothing unread.
    const readSeq = threadIn(me, parentId)?.readSeq ?? group?.lastSeq ?? 0;
    this.#thread = { ...this.#thread, readSeq };
  }

  /** Loads back to the divider or, if that is too far, fetches the first new message for its time. */
  async #reachDivider(): Promise<void> {
    const { paging, replica, changed } = this.#parts;
    const { afterSeq } = this.divider;
    if (afterSeq === undefined) return;
    await paging.reachBack(afterSeq);
    if (this.divider.view(replica().timeline.present)?.since !== undefined) return;
    this.divider.showSince(await paging.peekAfter(afterSeq));
    changed();
  }
}
