import type { Result } from '../../../protocol/errors.ts';
import { PAGE_MAX } from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/models.ts';
import type { MessagePage } from '../../../protocol/rest.ts';
import type { MessagePageQuery } from '../../api/messages.ts';
import type { Clock } from '../clock.ts';
import { isVanished } from '../message.ts';
import type { GroupReplica } from '../replica/group-replica.ts';
import type { MessageRange, PageRequest } from '../replica/message-range.ts';

/** The wait after a failed page. Without it a list that is at its top would ask again at once. */
const RETRY_MS = 2_000;
/** A group is opened at its divider if that is within this many messages. */
const DIVIDER_WITHIN = 200;
/** How many messages are fetched to find the first new one: my own and the Room's system lines may come before it. */
const PEEK_LIMIT = 10;

type Direction = 'before' | 'after';
/** The timeline (undefined), or a thread. */
type Where = string | undefined;

/** What paging needs from its surroundings. */
export interface PagingParts {
  clock: Clock;
  replica(): GroupReplica;
  fetchPage(query: MessagePageQuery): Promise<Result<MessagePage>>;
  fetchMessage(id: string): Promise<Result<Message>>;
  openThread(parentId: string): void;
  /** Resolves when the condition holds or the group was closed. */
  until(condition: () => boolean): Promise<void>;
  isClosed(): boolean;
  changed(): void;
}

/** The message that was jumped to, and the thread that shows it; the timeline without one. */
interface Target {
  id: string;
  jump: number;
  parentId: string | undefined;
}

/** Loads messages that are not held: more at either end, or those around another one. */
export class Paging {
  readonly #parts: PagingParts;
  readonly #loading = new Set<string>();
  readonly #seeking = new Set<MessageRange>();
  #jumps = 0;
  #target: Target | undefined;
  #isTargetMissing = false;
  #isJumping = false;
  /** The jump that has opened its thread. */
  #openedBy: number | undefined;

  constructor(parts: PagingParts) {
    this.#parts = parts;
  }

  /** The last message that was jumped to. */
  get target(): Target | undefined {
    return this.#target;
  }

  /** Whether that message does not exist, or no longer. */
  get isTargetMissing(): boolean {
    // A cached message may have been deleted since, which the group's state reports.
    const row = this.#target && this.#parts.replica().row(this.#target.id);
    return this.#isTargetMissing || (row !== undefined && isVanished(row));
  }

  isLoading(direction: Direction, where: Where): boolean {
    const isSeeking = this.#parts.replica().range(where)?.seekTarget !== undefined;
    return this.#loading.has(keyOf(direction, where)) || (isSeeking && direction === 'before');
  }

  /** Loads the next page in that direction, unless it is loading or there is none. */
  async load(direction: Direction, where: Where, limit?: number): Promise<void> {
    const key = keyOf(direction, where);
    const request = this.#parts.replica().range(where)?.beyond(direction);
    if (!request || this.#loading.has(key) || this.#parts.isClosed()) return;
    this.#loading.add(key);
    this.#parts.changed();
    const page = await this.#fetch(request, where, { limit });
    if (!page.ok) await this.#pause();
    this.#loading.delete(key);
    this.#parts.changed();
  }

  /** Loads back to this seq, if that is near enough. */
  async reachBack(seq: number): Promise<void> {
    const { timeline } = this.#parts.replica();
    while (timeline.shown === timeline.present) {
      const { messages, oldestSeq = 0, hasBefore } = timeline.present;
      const left = DIVIDER_WITHIN - messages.length;
      if (!hasBefore || oldestSeq <= seq || left <= 0) return;
      await this.load('before', undefined, Math.min(left, DIVIDER_WITHIN / 2));
      // The page failed; scrolling there asks again.
      if (timeline.present.oldestSeq === oldestSeq) return;
    }
  }

  /**
   * Loads what is missing of the newest `count` messages of the timeline, for the cache only; stops if a page fails.
   */
  async fill(count: number): Promise<void> {
    const { replica, isClosed } = this.#parts;
    let left = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const next = replica().timeline.behind(count);
      if (!next || next.missing >= left || isClosed()) return;
      left = next.missing;
      await this.#fetch(next.request, undefined, { limit: Math.min(left, PAGE_MAX) });
    }
  }

  /** Fetches the first messages of the timeline after this seq, without holding them; none if the request fails. */
  async peekAfter(seq: number): Promise<readonly Message[]> {
    const page = await this.#parts.fetchPage({ after: seq, limit: PEEK_LIMIT });
    return page.ok ? page.value.messages : [];
  }

  /**
   * Shows a message, in the timeline or in its thread, and makes it the target. Tries until the server has answered, or the
   * user closes the thread. A reply that both show is shown in the thread if `parentId` names it.
   */
  async jumpTo(id: string, parentId?: string): Promise<void> {
    const jump = this.#begin();
    this.#isJumping = true;
    while (this.#isCurrent(jump)) {
      const reached = await this.#reach(id, jump, parentId);
      if (!this.#isCurrent(jump)) return;
      this.#isJumping = reached === 'unavailable';
      if (reached === 'missing') this.#isTargetMissing = true;
      else if (typeof reached !== 'string') this.#target = reached;
      this.#parts.changed();
      if (reached !== 'unavailable') return;
      await this.#pause();
    }
  }

  /** Shows the messages around this seq, without a target. */
  async jumpToSeq(seq: number): Promise<void> {
    const jump = this.#begin();
    const { timeline } = this.#parts.replica();
    while (this.#isCurrent(jump) && (timeline.shown.oldestSeq ?? 0) > seq) {
      const page = await this.#fetch({ around: seq }, undefined);
      this.#parts.changed();
      if (page.ok) return;
      await this.#pause();
    }
  }

  /** Shows the newest messages, which are always held. */
  jumpToNewest(where: Where): void {
    this.#begin();
    this.#parts.replica().range(where)?.returnToPresent();
    this.#parts.changed();
  }

  /**
   * Shows the messages around this one again, without a target. Returns whether they have to be loaded, with no rows
   * shown until then; false if the message is here or a jump leads elsewhere.
   */
  returnTo(id: string, where: Where): boolean {
    const range = this.#parts.replica().range(where);
    const leadsHere = this.#target && range?.row(this.#target.id);
    if (!range || range.shown.row(id) || this.#isJumping || leadsHere) return false;
    range.seek({ id });
    void this.seek(where);
    return true;
  }

  /** Loads the messages that the range seeks, until they are shown or no longer sought. */
  async seek(where: Where): Promise<void> {
    const { replica, isClosed, changed } = this.#parts;
    const range = replica().range(where);
    if (!range || this.#seeking.has(range)) return;
    this.#seeking.add(range);
    while (range.seekTarget && replica().range(where) === range && !isClosed()) {
      const { seekTarget } = range;
      changed();
      const isWanted = () => range.seekTarget === seekTarget;
      const page = await this.#fetch({ around: seekTarget.id ?? seekTarget.seq }, where, {
        isWanted,
      });
      if (!isWanted()) continue;
      if (!isFinal(page)) await this.#pause();
      // The message is gone, but others around its seq may exist.
      else if (seekTarget.id !== undefined && seekTarget.seq !== undefined)
        range.seek({ seq: seekTarget.seq });
      else range.returnToPresent();
    }
    this.#seeking.delete(range);
    changed();
  }

  /** Loads again what a reset removed while it was shown. */
  seekLost(): void {
    void this.seek(undefined);
    const { thread } = this.#parts.replica();
    if (thread?.isLoaded) void this.seek(thread.parentId);
  }

  async #reach(
    id: string,
    jump: number,
    inThread: string | undefined,
  ): Promise<Target | 'missing' | 'unavailable' | 'left'> {
    const { until, fetchMessage, openThread } = this.#parts;
    const replica = this.#parts.replica();
    await until(() => replica.position !== undefined);
    const held = replica.row(id);
    const found = held ? { ok: true as const, value: held } : await fetchMessage(id);
    if (!this.#isCurrent(jump)) return 'unavailable';
    if (!found.ok) return isFinal(found) ? 'missing' : 'unavailable';
    const { parentId, alsoToGroup, seq } = found.value;
    if (isVanished(found.value)) return 'missing';
    const where = inThread ?? (alsoToGroup ? undefined : parentId);
    if (where !== undefined) {
      // Once a jump: the user may close the thread before it has loaded, and it must stay closed.
      if (this.#openedBy !== jump) openThread(where);
      this.#openedBy = jump;
      await until(() => replica.thread?.parentId !== where || replica.thread.isLoaded);
    }
    const range = replica.range(where);
    if (!range) return 'left';
    if (!range.shown.row(id) && range.present.row(id)) range.returnToPresent();
    if (!range.shown.row(id)) {
      const page = await this.#fetch({ around: id }, where);
      if (!page.ok) return isFinal(page) ? 'missing' : 'unavailable';
      if (!range.shown.row(id)) return 'unavailable';
    }
    range.lookAt(seq);
    return { id, jump, parentId: where };
  }

  async #fetch(
    request: PageRequest,
    where: Where,
    { limit, isWanted = () => true }: { limit?: number | undefined; isWanted?: () => boolean } = {},
  ): Promise<Result<MessagePage>> {
    const replica = this.#parts.replica();
    const fetch = replica.startPage(request, where);
    const page = await this.#parts.fetchPage({
      parentId: where,
      ...('around' in request && { around: request.around }),
      ...('before' in request && { before: request.before }),
      ...('after' in request && { after: request.after }),
      ...(limit !== undefined && { limit }),
    });
    if (page.ok && isWanted()) replica.joinPage(fetch, page.value);
    else replica.abandonPage(fetch);
    return page;
  }

  /** Begins a jump, which ends the previous one. */
  #begin(): number {
    this.#jumps += 1;
    this.#target = undefined;
    this.#isTargetMissing = false;
    this.#isJumping = false;
    return this.#jumps;
  }

  #isCurrent(jump: number): boolean {
    return jump === this.#jumps && !this.#parts.isClosed();
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#parts.clock.after(RETRY_MS, resolve));
  }
}

function keyOf(direction: Direction, where: Where): string {
  return `${direction} ${where ?? ''}`;
}

/** Whether asking again would give the same answer. */
function isFinal(result: Result<unknown>): boolean {
  return !result.ok && (result.failure.code === 'not_found' || result.failure.code === 'forbidden');
}
