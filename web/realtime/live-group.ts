import type { Result } from '../../protocol/errors.ts';
import type { FileReference } from '../../protocol/models.ts';
import type { GroupClient } from './group-client.ts';
import type { ClosedView, GroupView } from './group-view.ts';
import { type LiveGroupOptions, type LiveGroupParts, liveGroupParts } from './live-group-parts.ts';
import type { Outbox } from './outbox/outbox.ts';
import { Watchers } from './watchers.ts';

/** How long a deletion can be undone, ms. */
const UNDO_MS = 5_000;

/** A group that is closed for one of these reasons is deleted from this machine. */
const ERASED: ReadonlySet<ClosedView['reason']> = new Set(['forbidden', 'not_found', 'forgotten']);

/** One group, in sync with the server from the first subscriber on until `close`. */
export class LiveGroup implements GroupClient {
  readonly #parts: LiveGroupParts;
  readonly #watchers = new Watchers();
  #view: GroupView | undefined;
  #closed: ClosedView | undefined;
  #end: (() => void) | undefined;

  constructor(options: LiveGroupOptions) {
    this.#parts = liveGroupParts(options, {
      isClosed: () => this.#closed !== undefined,
      changed: () => this.#changed(),
      openThread: (parentId) => this.openThread(parentId),
      until: (condition) => this.#watchers.until(() => condition() || this.#closed !== undefined),
      closed: (view) => this.#close(view),
    });
  }

  getView(): GroupView {
    const { viewBuilder, visit, signals, connection } = this.#parts;
    this.#view ??= {
      ...viewBuilder.build(visit.thread),
      opening: visit.opening,
      readSeq: signals.reads.readSeq,
      connection: connection.view,
      ...(this.#closed && { closed: this.#closed }),
    };
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    const { open, visit, cacheWriter, connection } = this.#parts;
    const unsubscribe = this.#watchers.watch(listener);
    this.#end ??= open();
    if (!visit.isOn) {
      if (connection.view.state === 'live') cacheWriter.visited();
      visit.begin();
      // The divider belongs to the first frame, and not to the next change of the group.
      this.#changed();
    }
    return unsubscribe;
  }

  async send(
    content: string,
    thread?: { parentId: string; alsoToGroup: boolean },
    files: readonly FileReference[] = [],
  ): Promise<void> {
    const { signals, visit, paging } = this.#parts;
    const outbox = this.#outbox;
    if (!outbox) return;
    signals.typing.stop(thread?.parentId ?? null);
    visit.clearDivider(thread?.parentId);
    paging.jumpToNewest(thread?.parentId);
    const attached = files.length > 0 && { files: [...files] };
    await outbox.add({ type: 'message', content, ...thread, ...attached }, { wasDraft: true });
  }

  retry(id: string): void {
    this.#outbox?.retry(id);
  }

  discard(id: string): string | undefined {
    return this.#outbox?.discard(id);
  }

  edit(id: string, content: string, files?: FileReference[]): void {
    this.#outbox?.change({ type: 'edit', messageId: id, content, ...(files && { files }) });
  }

  remove(id: string): void {
    this.#outbox?.deleteIn(UNDO_MS, id);
  }

  undoRemoval(id: string): void {
    this.#outbox?.undoDeletion(id);
  }

  react(id: string, emoji: string, op: 'add' | 'remove'): void {
    this.#outbox?.change({ type: 'reaction', messageId: id, emoji, op });
  }

  hasReacted(id: string, emoji: string): Promise<boolean> {
    return this.#parts.groupSync.hasReacted(id, emoji);
  }

  retryChange(id: string): void {
    this.#outbox?.retryChanges(id);
  }

  dropChange(id: string): void {
    this.#outbox?.dropChanges(id);
  }

  pin(id: string, pinned: boolean): Promise<Result<null>> {
    return this.#parts.pin(id, pinned);
  }

  follow(parentId: string, following: boolean): void {
    if (this.#isErased) return;
    this.#parts.signals.follows.follow(parentId, following);
    this.#changed();
  }

  typing(parentId: string | null, isTyping: boolean): void {
    this.#parts.signals.type(parentId, isTyping);
  }

  read(seq: number, parentId?: string): void {
    this.#parts.signals.reads.read(seq, parentId);
    this.#changed();
  }

  markRead(seq: number, parentId?: string): void {
    if (this.#isErased) return;
    this.#parts.signals.reads.markRead(seq, parentId);
    this.#changed();
  }

  markUnread(seq: number, parentId?: string): void {
    if (this.#isErased) return;
    const { signals, visit } = this.#parts;
    signals.reads.markUnread(seq, parentId);
    if (parentId === undefined) visit.divider.place(seq);
    this.#changed();
  }

  clearDivider(parentId?: string): void {
    this.#parts.visit.clearDivider(parentId);
    this.#changed();
  }

  setWatching(isWatching: boolean): void {
    this.#parts.visit.divider.setWatching(isWatching);
  }

  lookAt(seq: number | undefined, parentId?: string): void {
    this.#parts.groupSync.replica.range(parentId)?.lookAt(seq);
  }

  jumpTo(messageId: string, parentId?: string): Promise<void> {
    return this.#parts.paging.jumpTo(messageId, parentId);
  }

  returnTo(messageId: string, parentId?: string): boolean {
    return this.#parts.paging.returnTo(messageId, parentId);
  }

  jumpToDivider(): Promise<void> {
    return this.#parts.visit.jumpToDivider();
  }

  async jumpToNewest(parentId?: string): Promise<void> {
    this.#parts.paging.jumpToNewest(parentId);
  }

  loadBefore(parentId?: string): Promise<void> {
    return this.#parts.paging.load('before', parentId);
  }

  loadAfter(parentId?: string): Promise<void> {
    return this.#parts.paging.load('after', parentId);
  }

  openThread(parentId: string): void {
    const { visit, groupSync } = this.#parts;
    if (visit.thread?.parentId === parentId) return;
    groupSync.openThread(parentId);
    visit.openThread(parentId);
    this.#changed();
  }

  closeThread(): void {
    const { visit, signals, groupSync } = this.#parts;
    if (visit.thread) signals.typing.stop(visit.thread.parentId);
    visit.closeThread();
    groupSync.closeThread();
    this.#changed();
  }

  watchPresence(userIds: string[]): void {
    this.#parts.signals.watch(userIds);
  }

  reconnect(): void {
    const { connection } = this.#parts;
    if (!this.#closed) {
      connection.reconnect();
      return;
    }
    this.#closed = undefined;
    connection.open();
    this.#changed();
  }

  leave(): void {
    const { signals, cacheWriter, visit, paging } = this.#parts;
    signals.leave();
    cacheWriter.left();
    visit.end();
    paging.jumpToNewest(undefined);
    this.#changed();
  }

  forget(): void {
    this.#parts.connection.close();
    this.#close({ reason: 'forgotten' });
  }

  close(): void {
    const { cacheWriter, connection, groupSync, signals, unknownUsers } = this.#parts;
    cacheWriter.leaving();
    cacheWriter.left();
    this.#end?.();
    connection.close();
    groupSync.close();
    signals.close();
    unknownUsers.close();
  }

  /** Whether the group was deleted from this machine. Anything stored after that would stay for ever. */
  get #isErased(): boolean {
    return this.#closed !== undefined && ERASED.has(this.#closed.reason);
  }

  get #outbox(): Outbox | undefined {
    return this.#isErased ? undefined : this.#parts.groupSync.outbox;
  }

  /** Invalidates the view, which is built again when it is next read. */
  #changed(): void {
    this.#view = undefined;
    this.#watchers.notify();
  }

  #close(view: ClosedView): void {
    const { signals, cacheWriter, groupSync } = this.#parts;
    this.#closed = view;
    signals.disconnected();
    if (this.#isErased) {
      cacheWriter.discard();
      signals.forget();
      void groupSync.forget();
    } else {
      groupSync.disconnect();
    }
    this.#changed();
  }
}
