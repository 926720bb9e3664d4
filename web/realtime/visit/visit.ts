import type { ThreadStateEvent } from '../../../protocol/server-events.ts';
import type { GroupReplica } from '../replica/group-replica.ts';
import { threadIn } from '../replica/my-cursors.ts';
import type { RowEvent } from '../replica/row-event.ts';
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
  /** Whether it is known, or cannot be known now, what was read elsewhere meanwhile. */
  knowsReads(): boolean;
  /** Asks the server how much is unread now. */
  askForState(): void;
  changed(): void;
}

/** One visit of a group: what was new when it began, in the timeline and in the thread that is open beside it. */
export class Visit {
  readonly divider: Divider;
  readonly #parts: VisitParts;
  #isOn = false;
  #thread: OpenedThread | undefined;

  constructor(parts: VisitParts) {
    this.#parts = parts;
    this.divider = new Divider(parts.me);
  }

  /** Whether somebody looks at the group. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** The thread that is open, with how far it was read when it was opened. */
  get thread(): OpenedThread | undefined {
    return this.#thread;
  }

  /** Somebody looks at the group. */
  begin(): void {
    this.#isOn = true;
    this.resume();
  }

  /** More may be known: what is new is noted once that is certain. */
  resume(): void {
    this.#beginThread();
    const { replica, knowsReads, askForState } = this.#parts;
    const { me, timeline } = replica();
    if (!this.#isOn || !me || !knowsReads()) return;
    const isNew = this.divider.open(me.readSeq, timeline.present.messages);
    // Since the last state was told I have read on. Asked once: what another device reads meanwhile changes the count again.
    if (isNew && !this.divider.isCounted(timeline.present)) askForState();
    void this.#reachDivider();
  }

  /** It is over, and nothing new any more. */
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

  /** Takes the divider of the timeline away, or of the open thread if `parentId` names it. */
  clearDivider(parentId: string | undefined): void {
    if (parentId === undefined) this.divider.clear();
    else if (this.#thread?.parentId === parentId)
      this.#thread = { ...this.#thread, isCleared: true };
  }

  /** The group's state was taken. */
  adopted({ me: { readSeq, unread = 0, mentions = 0 }, rev }: ThreadStateEvent): void {
    this.divider.counted({ readSeq, unread, mentions }, rev);
  }

  /** A change of rows was applied. */
  applied(event: RowEvent): void {
    if (event.type !== 'message' && event.type !== 'row') return;
    const { parentId, alsoToGroup } = event.message;
    if (parentId === undefined || alsoToGroup) this.divider.arrived(event.message);
  }

  /** Notes how far the open thread was read when it was opened: an address can name it before anything is known. */
  #beginThread(): void {
    const { me, group } = this.#parts.replica();
    if (!this.#thread || this.#thread.readSeq !== undefined) return;
    if (!me || !this.#parts.knowsReads()) return;
    const { parentId } = this.#thread;
    // What I have nothing to do with is not unread to me.
    const readSeq = threadIn(me, parentId)?.readSeq ?? group?.lastSeq ?? 0;
    this.#thread = { ...this.#thread, readSeq };
  }

  /** Loads what leads up to the divider or, if that is too far, what says since when there is something new. */
  async #reachDivider(): Promise<void> {
    const { paging, replica, changed } = this.#parts;
    const { afterSeq } = this.divider;
    if (afterSeq === undefined) return;
    await paging.reachBack(afterSeq);
    if (this.divider.view(replica().timeline.present)?.since !== undefined) return;
    this.divider.follows(await paging.peekAfter(afterSeq));
    changed();
  }
}
