import { ok, type Result } from '../../protocol/errors.ts';
import { pinMessage } from '../api/messages.ts';
import type { ChangeWish } from './cache/outbox-row.ts';
import { FollowedGroup, type RoomParts } from './followed-group.ts';
import type { GroupClient } from './group-client.ts';
import type { GroupView } from './group-view.ts';

/** How long a deletion can be taken back. */
const UNDO_MS = 5_000;

/** Follows a group from the first subscriber on until `close`. */
export function openRoom(parts: RoomParts): GroupClient {
  return new OpenRoom(parts);
}

/** What can be done with a group that this page follows, each handed to the part of it that does it. */
class OpenRoom implements GroupClient {
  readonly #parts: RoomParts;
  readonly #group: FollowedGroup;

  constructor(parts: RoomParts) {
    this.#parts = parts;
    this.#group = new FollowedGroup(parts);
  }

  getView(): GroupView {
    return this.#group.view;
  }

  subscribe(listener: () => void): () => void {
    return this.#group.watch(listener);
  }

  // What I write

  async send(content: string, thread?: { parentId: string; alsoToGroup: boolean }): Promise<void> {
    const { isLost, signals, visit, paging, groupSync } = this.#group;
    if (isLost) return;
    signals.typing.stop(thread?.parentId ?? null);
    visit.clearDivider(thread?.parentId);
    paging.jumpToNewest(thread?.parentId);
    await groupSync.outbox.add({ type: 'message', content, ...thread }, { wasDraft: true });
  }

  retry(id: string): void {
    this.#group.groupSync.outbox.retry(id);
  }

  discard(id: string): string | undefined {
    return this.#group.groupSync.outbox.discard(id);
  }

  typing(parentId: string | null, isTyping: boolean): void {
    const { isLive, signals } = this.#group;
    if (!isLive) return;
    if (isTyping) signals.typing.type(parentId);
    else signals.typing.stop(parentId);
  }

  // What I change

  edit(id: string, content: string): void {
    this.#want({ type: 'edit', messageId: id, content });
  }

  remove(id: string): void {
    const { isLost, groupSync } = this.#group;
    if (!isLost) groupSync.outbox.deleteIn(UNDO_MS, id);
  }

  takeBackRemoval(id: string): void {
    this.#group.groupSync.outbox.takeBack(id);
  }

  react(id: string, emoji: string, op: 'add' | 'remove'): void {
    this.#want({ type: 'reaction', messageId: id, emoji, op });
  }

  hasReacted(id: string, emoji: string): Promise<boolean> {
    return this.#group.groupSync.hasReacted(id, emoji);
  }

  retryChange(id: string): void {
    this.#group.groupSync.outbox.retryChanges(id);
  }

  dropChange(id: string): void {
    this.#group.groupSync.outbox.dropChanges(id);
  }

  async pin(id: string, pinned: boolean): Promise<Result<null>> {
    const { session, groupId } = this.#parts;
    const message = await pinMessage(session, groupId, id, pinned);
    if (!message.ok) return message;
    this.#group.replica.merge(message.value);
    this.#group.changed();
    return ok(null);
  }

  follow(parentId: string, following: boolean): void {
    const { isLost, signals } = this.#group;
    if (isLost) return;
    signals.wishes.follow(parentId, following);
    this.#group.changed();
  }

  // What I read

  read(seq: number, parentId?: string): void {
    this.#group.signals.reads.read(seq, parentId);
  }

  markRead(seq: number, parentId?: string): void {
    const { isLost, signals } = this.#group;
    if (!isLost) signals.reads.markRead(seq, parentId);
  }

  markUnread(seq: number, parentId?: string): void {
    const { isLost, signals, visit } = this.#group;
    if (isLost) return;
    signals.reads.markUnread(seq, parentId);
    if (parentId === undefined) visit.divider.place(seq);
    this.#group.changed();
  }

  clearDivider(parentId?: string): void {
    this.#group.visit.clearDivider(parentId);
    this.#group.changed();
  }

  setWatching(isWatching: boolean): void {
    this.#group.visit.divider.setWatching(isWatching);
  }

  // Where I look

  lookAt(seq: number | undefined, parentId?: string): void {
    this.#group.replica.range(parentId)?.lookAt(seq);
  }

  jumpTo(messageId: string): Promise<void> {
    return this.#group.paging.jumpTo(messageId);
  }

  returnTo(messageId: string, parentId?: string): boolean {
    return this.#group.paging.returnTo(messageId, parentId);
  }

  async jumpToDivider(): Promise<void> {
    const { visit, paging } = this.#group;
    const { afterSeq } = visit.divider;
    if (afterSeq !== undefined) await paging.jumpToSeq(afterSeq + 1);
  }

  async jumpToNewest(parentId?: string): Promise<void> {
    this.#group.paging.jumpToNewest(parentId);
  }

  loadBefore(parentId?: string): Promise<void> {
    return this.#group.paging.load('before', parentId);
  }

  loadAfter(parentId?: string): Promise<void> {
    return this.#group.paging.load('after', parentId);
  }

  openThread(parentId: string): void {
    this.#group.openThread(parentId);
  }

  closeThread(): void {
    this.#group.closeThread();
  }

  // When it begins and ends

  reconnect(): void {
    this.#group.reconnect();
  }

  leave(): void {
    this.#group.leave();
  }

  forget(): void {
    this.#group.forget();
  }

  close(): void {
    this.#group.close();
  }

  #want(wish: ChangeWish): void {
    const { isLost, groupSync } = this.#group;
    if (!isLost) groupSync.outbox.change(wish);
  }
}
