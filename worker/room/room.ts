import { DurableObject } from 'cloudflare:workers';
import { v7 as uuidv7 } from 'uuid';
import { assertNever } from '../../protocol/assert-never.ts';
import { CLOSE, fail, ok, type Result } from '../../protocol/errors.ts';
import type { FileChange } from '../../protocol/file-requests.ts';
import {
  JOINS_PER_HOUR,
  PUSH_AFTER_MS,
  ROOM_COLLECT_CURSORS_MS,
  ROOM_SETTLE_MS,
} from '../../protocol/limits.ts';
import type { MemberRole, Message, User } from '../../protocol/models.ts';
import type { ReadBefore } from '../../protocol/reading.ts';
import type { GroupChange, PreferenceChange, ThreadChange } from '../../protocol/rest-requests.ts';
import { authenticate } from '../auth/authenticate.ts';
import type { ClerkSource } from '../auth/clerk-config.ts';
import { clerkFromEnv } from '../auth/clerk-from-env.ts';
import type { Identity } from '../auth/identity.ts';
import { systemClock } from '../clock.ts';
import type { Env } from '../env.ts';
import { keysOf } from '../file-keys.ts';
import type { FileQuery } from '../file-query.ts';
import { inboxOf } from '../inbox/inbox-of.ts';
import type { MemberQuery } from '../member-query.ts';
import type { Asker } from '../revoked-sessions.ts';
import type { RowsWritten } from '../rows-written.ts';
import { errorEvent } from '../sockets/frame-text.ts';
import { closeCodeOf, identityOf } from '../sockets/upgrade.ts';
import { durableSql, type ObjectSql } from '../sql.ts';
import type { ThreadQuery } from '../thread-place.ts';
import { admitSocket } from './admission.ts';
import { Load } from './followers/load.ts';
import { answerPoll, takePolledFrames } from './frames/polled-frames.ts';
import { type OpenGroup, openGroup, type Task } from './open-group.ts';
import { RestoringGroup } from './restoring-group.ts';
import { type RoomParts, roomParts } from './room-parts.ts';
import type {
  GroupCreation,
  Invitation,
  NewFile,
  PageQuery,
  Poll,
  PolledFrames,
  Profile,
  ReadReceiptsWish,
  RoomRpc,
  Sending,
} from './room-rpc.ts';
import { referenceOf } from './rows/file-rows.ts';
import { RoomStore } from './rows/room-store.ts';
import { hasTables, migrate } from './rows/schema.ts';
import { listing } from './rules/inbox-entry.ts';
import { memberWhoMay } from './rules/permissions.ts';
import { messagePage, usersNamedBy } from './rules/thread-state.ts';

/** The Durable Object of one group: the platform around the rules in `rules/`. Every entry point of the platform is here. */
export class Room extends DurableObject<Env> implements RoomRpc {
  protected readonly written: RowsWritten = { rows: 0, read: 0, alarms: 0, mirrored: 0 };
  readonly #sql: ObjectSql;
  readonly #parts: RoomParts;
  /** Undefined while the storage holds no group: it was never created here, or it must be loaded from D1. */
  #group: OpenGroup | undefined;
  #loading: Promise<Result<OpenGroup>> | undefined;
  /** A load that goes on under the alarm. Meanwhile the group is unavailable, but for its newest messages. */
  #restoring: RestoringGroup | undefined;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#sql = durableSql(state.storage, this.written);
    this.#parts = roomParts(state, env, {
      received: (socket, data) => void this.webSocketMessage(socket, data),
      left: (socket) => this.webSocketClose(socket),
      authenticate: (token) => this.#authenticate(token),
      memberCount: () => this.#group?.store.memberCount() ?? 0,
      ended: (userId) => this.#leaving(userId),
    });
    if (!hasTables(this.#sql)) return;
    migrate(this.#sql);
    if (!RoomStore.holdsGroup(this.#sql)) {
      const load = this.#newLoad();
      if (!load.isUnfinished()) return;
      this.#restoring = new RestoringGroup(load, this.#sql, systemClock);
      load.rearm();
      return;
    }
    this.#group = this.#open();
    const { store, feeds, mirror } = this.#group;
    // A request still knows this group: D1 may have been set back to a time before it was deleted.
    if (store.deletedAt() !== undefined) mirror.deleted();
    // What changed right before an eviction may not have reached the Inboxes. It has not reached D1 either.
    if (store.mirrored('messages') === store.counter()) return;
    feeds.changed();
    mirror.changed();
  }

  /** Where the Clerk configuration comes from. The local entry overrides it with the stand-in. */
  protected clerkSource(): ClerkSource {
    return clerkFromEnv;
  }

  // Sockets

  override async fetch(upgrade: Request): Promise<Response> {
    const identity = identityOf(upgrade);
    const opened = await this.#opened();
    if (!opened.ok && this.#restoring) return this.#restoring.refuseSocket(upgrade, identity);
    return admitSocket(upgrade, identity, opened, this.#parts, systemClock);
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const { receiver, connections } = this.#parts;
    const opened = this.#group ? ok(this.#group) : await this.#opened();
    if (opened.ok) return receiver.receive(opened.value, socket, data);
    const { failure } = opened;
    if (this.#restoring) connections.send(socket, [errorEvent(failure)]);
    const reason = this.#restoring ? failure.detail : '';
    connections.close(socket, closeCodeOf(failure.code), reason);
  }

  override webSocketClose(socket: WebSocket): void {
    this.#left(socket);
    this.#parts.connections.answerClose(socket);
  }

  override webSocketError(socket: WebSocket): void {
    this.#left(socket);
  }

  /** After a socket is gone its user stops typing, and is offline unless another client connects soon. */
  #left(socket: WebSocket): void {
    const { connections, receiver } = this.#parts;
    receiver.drain();
    const userId = connections.forget(socket);
    if (!this.#group || userId === undefined) return;
    const { typing, publishEphemeral } = this.#group;
    if (connections.countOf(userId) === 0) {
      for (const parentId of typing.forget(userId)) {
        publishEphemeral({ type: 'thread_typing_update', parentId, userId, typing: false });
      }
    }
    this.#leaving(userId);
  }

  /** A client of this user is gone. A deleted group has nobody whose presence could change. */
  #leaving(userId: string): void {
    if (this.#group && this.#group.store.deletedAt() === undefined) {
      this.#group.presence.leaving(userId);
    }
  }

  // The agenda

  override async alarm(): Promise<void> {
    if (this.#restoring) await this.#goOn(this.#restoring.load);
    const opened = await this.#opened();
    if (!opened.ok) return;
    await opened.value.agenda.run(systemClock, (task) => this.#run(task, opened.value));
  }

  async #run(task: Task, group: OpenGroup): Promise<void> {
    const { mirror, agenda, presence, notifications, fileErasure, settling } = group;
    switch (task) {
      case 'mirror':
        return mirror.run();
      case 'erase':
        return mirror.runErase();
      case 'files':
        return agenda.reschedule('files', await fileErasure.run());
      case 'settle':
        this.#parts.connections.closeExpired();
        return mirror.runCursors(this.#parts.connections.releaseHeld() ?? settling.next());
      case 'notifications':
        return agenda.reschedule('notifications', await notifications.run());
      case 'departures':
        return agenda.reschedule('departures', presence.departed());
      default:
        return assertNever(task);
    }
  }

  // RPC of the Worker (room-rpc.ts)

  async create(creation: GroupCreation) {
    const opened = await this.#opened();
    if (opened.ok) return existing(opened.value, creation);
    if (opened.failure.code !== 'not_found') return opened;
    // Another request may have created the group while this one asked D1.
    if (this.#group) return existing(this.#group, creation);
    migrate(this.#sql);
    const group = this.#open();
    const created = group.settings.create(creation, crypto.randomUUID());
    this.#group = group;
    await group.mirror.directoryWritten();
    return ok(created);
  }

  async group(userId: string, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ settings }) => settings.group(userId));
  }

  async change(userId: string, change: GroupChange, sessionId?: string) {
    return this.#decide({ userId, sessionId }, ({ settings }) => settings.change(userId, change));
  }

  async join(user: User, sessionId?: string) {
    return this.#enter(user.id, sessionId, ({ membership }) => membership.join(user));
  }

  async mayInvite(userId: string, which: 'new' | 'existing', sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ membership }) =>
      membership.mayInvite(userId, which),
    );
  }

  async joinInvited(user: Profile, invitation: Invitation, sessionId?: string) {
    return this.#enter(user.id, sessionId, ({ membership }) =>
      membership.joinInvited(user, invitation),
    );
  }

  async leave(userId: string, sessionId?: string) {
    const asked = await this.#asked({ userId, sessionId });
    if (!asked.ok) return asked;
    const { store, preferences, feeds } = asked.value;
    if (store.group().kind !== 'direct') return this.removeMember(userId, userId, sessionId);
    const hidden = preferences.hide(userId);
    if (hidden.ok) await feeds.called(userId);
    return hidden;
  }

  async addMembers(
    userId: string,
    people: Profile[],
    role: 'member' | 'guest',
    sessionId?: string,
  ) {
    return this.#decide({ userId, sessionId }, ({ membership }) =>
      membership.add(userId, people, role),
    );
  }

  async removeMember(userId: string, memberId: string, sessionId?: string) {
    return this.#decide({ userId, sessionId }, ({ membership }) => {
      const removed = membership.remove(userId, memberId);
      if (removed.ok) {
        this.#parts.broadcast.flush();
        this.#parts.connections.closeFormerMember(memberId);
      }
      return removed;
    });
  }

  async setRole(userId: string, memberId: string, role: MemberRole, sessionId?: string) {
    return this.#decide({ userId, sessionId }, ({ membership }) =>
      membership.setRole(userId, memberId, role),
    );
  }

  async deleteGroup(userId: string, sessionId?: string) {
    return this.#decide({ userId, sessionId }, (group) => {
      const { settings, store, mirror, feeds, pollers, fileErasure } = group;
      const members = store.members.current();
      const deleted = settings.delete(userId);
      if (deleted.ok) {
        for (const member of members) feeds.membershipChanged(member.userId, false);
        mirror.deleted();
        fileErasure.gone();
        this.#parts.connections.closeAll(CLOSE.notFound, 'deleted');
        pollers.wake();
      }
      return deleted;
    });
  }

  async members(userId: string, sessionId?: string) {
    return this.#read({ userId, sessionId }, ({ store }) => ok(store.members.current()));
  }

  async memberPage(userId: string, query: MemberQuery, sessionId?: string) {
    return this.#read({ userId, sessionId }, ({ store }) => ok(store.members.list.page(query)));
  }

  async messages(userId: string, page: PageQuery, sessionId?: string) {
    return this.#read({ userId, sessionId }, ({ store }) => messagePage(store, page));
  }

  async message(userId: string, id: string, sessionId?: string) {
    return this.#read({ userId, sessionId }, ({ store }) => found(store.messages.byId(id)));
  }

  async reactions(userId: string, id: string, sessionId?: string) {
    return this.#read({ userId, sessionId }, ({ store }) => {
      const message = found(store.messages.byId(id));
      return message.ok ? ok(store.messages.reactions.all(message.value.seq)) : message;
    });
  }

  async pins(userId: string, sessionId?: string) {
    return this.#read({ userId, sessionId }, ({ store }) => {
      const messages = store.messages.pinned();
      return ok({ messages, users: usersNamedBy(store, messages, []) });
    });
  }

  async subscribe(userId: string, wantsPushes?: boolean, wish?: ReadReceiptsWish) {
    return this.#withGroup(({ store, feeds, news, notifications, readReceipts }) => {
      const member = memberWhoMay(store, userId, 'read');
      if (!member.ok) return member;
      // An Inbox that listens already is called with what is new, and only the call tells what to show on open pages.
      if (feeds.subscribed(userId)) news.sent(userId, store.messages.lastSeq());
      if (wantsPushes !== undefined) notifications.setWanting(userId, wantsPushes);
      if (wish) readReceipts.set(userId, wish);
      const listed = listing(store, userId);
      const entry = listed.state === 'shown' ? listed.entry : undefined;
      return ok({ entry, counter: store.counter() });
    });
  }

  async setWantsPushes(userId: string, wantsPushes: boolean) {
    return this.#withGroup(({ store, notifications }) => {
      const member = memberWhoMay(store, userId, 'read');
      if (member.ok) notifications.setWanting(userId, wantsPushes);
      return ok(null);
    });
  }

  async setReadReceipts(userId: string, wish: ReadReceiptsWish) {
    return this.#withGroup(({ store, readReceipts }) => {
      if (memberWhoMay(store, userId, 'read').ok) readReceipts.set(userId, wish);
      return ok(null);
    });
  }

  async setPreference(userId: string, change: PreferenceChange, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ preferences }) =>
      preferences.change(userId, change),
    );
  }

  async markRead(userId: string, seq: number, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ markRead }) => markRead.read(userId, seq));
  }

  async undoRead(userId: string, before: ReadBefore, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ markRead }) => markRead.undo(userId, before));
  }

  async followedThreads(
    userId: string,
    { limit, offset }: { limit: number; offset: number },
    sessionId?: string,
  ) {
    return this.#with({ userId, sessionId }, ({ threads }) => {
      const page = threads.list(userId, { limit: offset + limit + 1 });
      if (!page.ok) return page;
      const items = page.value.items.slice(offset).map(({ thread }) => thread);
      const next = items.length > limit && { next: offset + limit };
      return ok({ items: items.slice(0, limit), ...next });
    });
  }

  async threads(userId: string, query: ThreadQuery, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ threads }) => threads.list(userId, query));
  }

  async thread(userId: string, id: string, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ threads }) => threads.state(userId, id));
  }

  async changeThread(userId: string, id: string, change: ThreadChange, sessionId?: string) {
    const asked = await this.#asked({ userId, sessionId });
    if (!asked.ok) return asked;
    const { threads, feeds } = asked.value;
    const changed = threads.change(userId, id, change);
    if (changed.ok) await feeds.called(userId);
    return changed;
  }

  async send(
    userId: string,
    message: Omit<Sending, 'id'> & { id?: string | undefined },
    sessionId?: string,
  ) {
    const id = message.id ?? uuidv7();
    return this.#with({ userId, sessionId }, ({ conversation }) =>
      conversation.send(userId, { ...message, id }),
    );
  }

  async edit(
    userId: string,
    id: string,
    content: string,
    sessionId?: string,
    attachments?: string[],
  ) {
    return this.#with({ userId, sessionId }, ({ conversation }) =>
      conversation.edit(userId, { id, content, attachments }),
    );
  }

  async delete(userId: string, id: string, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ conversation }) => conversation.delete(userId, id));
  }

  async react(
    userId: string,
    reaction: { id: string; emoji: string; op: 'add' | 'remove' },
    sessionId?: string,
  ) {
    return this.#with({ userId, sessionId }, ({ conversation, store }) => {
      const reacted = conversation.react(userId, reaction);
      return reacted.ok ? found(store.messages.byId(reaction.id)) : reacted;
    });
  }

  async pin(userId: string, id: string, pinned: boolean, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ conversation }) =>
      conversation.pin(userId, id, pinned),
    );
  }

  async changes(poll: Poll) {
    const opened = await this.#opened();
    if (!opened.ok && this.#restoring) return this.#restoring.answerPoll(poll);
    return opened.ok ? answerPoll(opened.value, poll) : opened;
  }

  async frames(sent: PolledFrames) {
    const { receiver, broadcast } = this.#parts;
    const effects = { receiver, flush: () => broadcast.flush() };
    return this.#withGroup((group) => takePolledFrames(group, sent, effects));
  }

  async mayUpload(userId: string, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ files }) => files.mayUpload(userId));
  }

  async addFile(file: NewFile) {
    return this.#withGroup(({ files }) => files.add(file));
  }

  async file(userId: string, id: string, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ files }) => {
      const stored = files.file(userId, id);
      return stored.ok ? ok({ file: referenceOf(stored.value), etag: stored.value.etag }) : stored;
    });
  }

  async changeFile(userId: string, id: string, change: FileChange, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ files }) => files.change(userId, id, change));
  }

  async removeFile(userId: string, id: string, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ files }) => files.remove(userId, id));
  }

  async files(userId: string, query: FileQuery, sessionId?: string) {
    return this.#with({ userId, sessionId }, ({ files }) => files.list(userId, query));
  }

  async knownFiles(ids: string[]) {
    return this.#withGroup(({ store }) => ok(store.files.among(ids).map(({ id }) => id)));
  }

  async mirrorFiles(ids: string[]) {
    return this.#withGroup(({ files }) => ok(files.mirrorAgain(ids)));
  }

  async eraseFilesOf(userId: string) {
    return this.#withGroup(({ files }) => {
      files.eraseOf(userId);
      return ok(null);
    });
  }

  async updateProfile(user: User) {
    return this.#withGroup(({ membership }) => {
      membership.updateProfile(user);
      return ok(null);
    });
  }

  async revoke(who: Asker) {
    this.#restoring?.revoked.add(who);
    return this.#withGroup(({ revoked, pollers }) => {
      revoked.add(who);
      this.#parts.connections.closeRevoked(who);
      pollers.wake();
      return ok(null);
    });
  }

  async ping() {
    return 'pong' as const;
  }

  /** Runs `work` with the group, if there is one. The caller is an object or the Worker itself, not a user. */
  async #withGroup<T>(work: (group: OpenGroup) => Result<T>): Promise<Result<T>> {
    const opened = await this.#opened();
    return opened.ok ? work(opened.value) : opened;
  }

  /** The group, unless the session of the user who asks has ended: their last token would still be valid for a minute. */
  async #asked(asker: Asker): Promise<Result<OpenGroup>> {
    const opened = await this.#opened();
    if (!opened.ok) return opened;
    const admitted = opened.value.revoked.admit(asker);
    return admitted.ok ? opened : admitted;
  }

  /** Runs `work` for a user whose session is valid. */
  async #with<T>(asker: Asker, work: (group: OpenGroup) => Result<T>): Promise<Result<T>> {
    const asked = await this.#asked(asker);
    return asked.ok ? work(asked.value) : asked;
  }

  /** Runs `work` for a user who may read the group. */
  async #read<T>(asker: Asker, work: (group: OpenGroup) => Result<T>): Promise<Result<T>> {
    return this.#with(asker, (group) => {
      const reader = memberWhoMay(group.store, asker.userId, 'read');
      return reader.ok ? work(group) : reader;
    });
  }

  /** Runs a change of members or of the group, and waits until D1 has it: clients read lists of groups from D1. */
  async #decide<T>(asker: Asker, work: (group: OpenGroup) => Result<T>): Promise<Result<T>> {
    const asked = await this.#asked(asker);
    if (!asked.ok) return asked;
    const decided = work(asked.value);
    if (decided.ok) await asked.value.mirror.directoryWritten();
    return decided;
  }

  /** Runs a join as `#decide` does, and waits for the user's Inbox too: it says what the user wants before they read. */
  async #enter<T>(
    userId: string,
    sessionId: string | undefined,
    work: (group: OpenGroup) => Result<T>,
  ): Promise<Result<T>> {
    const joined = await this.#decide({ userId, sessionId }, work);
    if (joined.ok) await this.#group?.feeds.called(userId);
    return joined;
  }

  // Opening the group

  /**
   * The group in the storage, else loaded from D1. All requests wait for the same first run of a load; those that come later do
   * not. They see what was sent before them: the frames that wait to be decided together are decided first.
   */
  async #opened(): Promise<Result<OpenGroup>> {
    this.#parts.receiver.drain();
    if (this.#group) return ok(this.#group);
    if (this.#restoring) return this.#restoring.load.failure();
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<Result<OpenGroup>> {
    const load = this.#newLoad();
    try {
      const found = await load.begin(crypto.randomUUID());
      if (!found) return fail('not_found', 'There is no such group.');
    } catch (error) {
      console.warn(
        JSON.stringify({ event: 'load_failed', groupId: this.#groupId(), error: String(error) }),
      );
      return fail('unavailable', 'This group cannot be loaded right now. Try again in a moment.');
    }
    return this.#goOn(load);
  }

  /** Runs a load once. What is left goes on under the alarm. */
  async #goOn(load: Load): Promise<Result<OpenGroup>> {
    if (!(await load.run())) {
      this.#restoring ??= new RestoringGroup(load, this.#sql, systemClock);
      return load.failure();
    }
    this.#restoring = undefined;
    this.#group = this.#open();
    this.#group.fileErasure.loaded();
    // D1 learns the new counter, from which the Inboxes of members see that there is something to ask.
    this.#group.mirror.changed();
    return ok(this.#group);
  }

  #newLoad(): Load {
    return new Load(this.#sql, this.env.DB, this.#groupId(), {
      clock: systemClock,
      random: Math.random,
      setAlarm: (at) => void this.ctx.storage.setAlarm(at),
    });
  }

  #open(): OpenGroup {
    return openGroup(this.#groupId(), {
      sql: this.#sql,
      database: this.env.DB,
      connections: this.#parts.connections,
      broadcast: this.#parts.broadcast,
      clock: systemClock,
      newId: () => uuidv7(),
      alarm: {
        getAlarm: () => this.ctx.storage.getAlarm(),
        setAlarm: (at) => {
          this.written.alarms += 1;
          return this.ctx.storage.setAlarm(at);
        },
      },
      notifyAfterMs: Number(this.env.PUSH_AFTER_MS ?? PUSH_AFTER_MS),
      mirrored: (rows) => {
        this.written.mirrored += rows;
      },
      collectCursorsMs: Number(this.env.ROOM_COLLECT_CURSORS_MS ?? ROOM_COLLECT_CURSORS_MS),
      settleAfterMs: Number(this.env.ROOM_SETTLE_MS ?? ROOM_SETTLE_MS),
      joinsPerHour: Number(this.env.LIMIT_JOINS_PER_HOUR ?? JOINS_PER_HOUR),
      eraseBytes: (fileIds) => this.env.FILES.delete(fileIds.flatMap(keysOf)),
      releaseStorage: async (userId, fileIds) => {
        await inboxOf(this.env, userId).releaseStorage(fileIds);
      },
      notifyInbox: (userId, unread) => inboxOf(this.env, userId).notify(unread),
      sendToInbox: (userId, listing, written) => {
        const inbox = inboxOf(this.env, userId);
        const counter = this.#group?.store.counter() ?? 0;
        switch (listing.state) {
          case 'shown':
            return inbox.update(listing.entry, counter, written);
          case 'hidden':
            return inbox.hide(this.#groupId(), counter);
          case 'not_a_member':
            return inbox.remove(this.#groupId());
          default:
            return assertNever(listing);
        }
      },
    });
  }

  /** Every Room is addressed by the id of its group. */
  #groupId(): string {
    const { name } = this.ctx.id;
    if (name === undefined) throw new Error('a Room is addressed by name');
    return name;
  }

  async #authenticate(token: string): Promise<Result<Identity>> {
    const clerk = await this.clerkSource()(this.env);
    return clerk.ok ? authenticate(token, clerk.value) : clerk;
  }
}

/** Answers a repeated creation, whose first answer was lost, with the group that is there. */
function existing({ store }: OpenGroup, creation: GroupCreation) {
  const group = store.group();
  if (store.deletedAt() !== undefined)
    return fail('conflict', 'This group was deleted. Create a new one.');
  // The id of a direct group is that of its people.
  if (group.kind === 'direct' || group.createdBy === creation.createdBy.id) return ok(group);
  return fail('conflict', 'This id belongs to another group. Create it under a new one.');
}

function found(message: Message | undefined): Result<Message> {
  return message ? ok(message) : fail('not_found', 'There is no such message in this group.');
}
