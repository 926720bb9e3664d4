import { DurableObject } from 'cloudflare:workers';
import { v7 as uuidv7 } from 'uuid';
import { assertNever } from '../../protocol/assert-never.ts';
import { ERRORS } from '../../protocol/error-table.ts';
import { CLOSE, fail, ok, REVOKED_REASON, type Result } from '../../protocol/errors.ts';
import {
  deliveredEveryMs,
  FRAMES_BURST,
  FRAMES_PER_SECOND,
  LEASE_MS,
  ROOM_FRAMES_PER_SECOND,
  ROOM_HOT_FRAMES_PER_SECOND,
  SOCKET_SILENT_MS,
  SOCKETS_PER_USER_PER_GROUP,
} from '../../protocol/limits.ts';
import type { Message, User } from '../../protocol/models.ts';
import type { GroupChange } from '../../protocol/rest-requests.ts';
import { authenticate } from '../auth/authenticate.ts';
import type { ClerkSource } from '../auth/clerk-config.ts';
import { clerkFromEnv } from '../auth/clerk-from-env.ts';
import { IDENTITY_HEADER, Identity } from '../auth/identity.ts';
import { systemClock } from '../clock.ts';
import type { Env } from '../env.ts';
import type { Task } from './followers/agenda.ts';
import { loadFromMirror } from './followers/load.ts';
import { errorEvent, FrameReceiver } from './frames/frame-receiver.ts';
import { sendState } from './frames/handle-frame.ts';
import { Overload } from './frames/overload.ts';
import { answerPoll, takePolledFrames } from './frames/polled-frames.ts';
import { RateLimit } from './frames/rate-limit.ts';
import { type OpenGroup, openGroup } from './open-group.ts';
import type {
  GroupCreation,
  PageQuery,
  Poll,
  PolledFrames,
  Position,
  RoomRpc,
  Sending,
} from './room-rpc.ts';
import { durableSql } from './rows/durable-sql.ts';
import { RoomStore } from './rows/room-store.ts';
import { hasTables, migrate } from './rows/schema.ts';
import type { RoomSql } from './rows/sql.ts';
import { memberWhoMay } from './rules/permissions.ts';
import { messagePage, usersNamedBy } from './rules/thread-state.ts';
import { Backlog } from './sockets/backlog.ts';
import { Connections } from './sockets/connections.ts';
import { HeldSockets } from './sockets/held-sockets.ts';
import { HibernatingSockets } from './sockets/hibernating-sockets.ts';
import { refuseSocket, upgraded } from './sockets/upgrade.ts';

/** How long an ended session is refused: its last token is valid for 60 s, plus the skew that verification allows. */
const REVOKED_MS = 120_000;
/** What a client that has too many sockets open is told to wait. */
const TOO_MANY_SOCKETS_WAIT_MS = 60_000;

/** The Durable Object of one group: the platform around its rules. Everything that it decides is in `conversation.ts`. */
export class Room extends DurableObject<Env> implements RoomRpc {
  readonly #sql: RoomSql;
  readonly #connections: Connections;
  readonly #receiver: FrameReceiver;
  readonly #leaseMs: number;
  /** Undefined while the storage holds no group: none was made yet, or it was lost and D1 may have it. */
  #group: OpenGroup | undefined;
  #loading: Promise<Result<OpenGroup>> | undefined;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#sql = durableSql(state.storage);
    const rates = {
      most: Number(env.LIMIT_ROOM_FRAMES_PER_SECOND ?? ROOM_FRAMES_PER_SECOND),
      hot: Number(env.ROOM_HOT_FRAMES_PER_SECOND ?? ROOM_HOT_FRAMES_PER_SECOND),
    };
    const overload = new Overload<WebSocket>(rates, {
      clock: systemClock,
      random: Math.random,
      after: (ms, callback) => void setTimeout(callback, ms),
    });
    this.#connections = new Connections({
      clock: systemClock,
      hibernating: new HibernatingSockets(state),
      held: new HeldSockets({
        clock: systemClock,
        received: (socket, data) => void this.webSocketMessage(socket, data),
        left: (socket) => this.webSocketClose(socket),
      }),
      backlog: new Backlog(systemClock, () =>
        deliveredEveryMs(this.#group?.store.memberCount() ?? 0),
      ),
      isHot: () => overload.isHot(),
      ended: (userId) => this.#group?.presence.leaving(userId),
    });
    this.#leaseMs = Number(env.SOCKET_LEASE_MS ?? LEASE_MS);
    this.#receiver = new FrameReceiver({
      clock: systemClock,
      connections: this.#connections,
      rate: new RateLimit(
        {
          burst: Number(env.LIMIT_FRAMES_BURST ?? FRAMES_BURST),
          perSecond: Number(env.LIMIT_FRAMES_PER_SECOND ?? FRAMES_PER_SECOND),
        },
        systemClock,
      ),
      overload,
      leaseMs: this.#leaseMs,
      authenticate: (token) => this.#authenticate(token),
    });
    if (!hasTables(this.#sql)) return;
    migrate(this.#sql);
    if (RoomStore.holdsGroup(this.#sql)) this.#group = this.#open();
  }

  /** Where the Clerk configuration comes from; the local entry puts its stand-in here. */
  protected clerkSource(): ClerkSource {
    return clerkFromEnv;
  }

  // Sockets

  override async fetch(request: Request): Promise<Response> {
    const identity = Identity.parse(JSON.parse(request.headers.get(IDENTITY_HEADER) ?? 'null'));
    const opened = await this.#opened();
    if (!opened.ok) return refuse(request, opened.failure.code);
    const { store, agenda, presence } = opened.value;
    const me = memberWhoMay(store, identity.userId, 'read');
    if (!me.ok) return refuse(request, me.failure.code);
    const now = systemClock();
    if (store.isRevoked([identity.userId, identity.sessionId], now)) {
      return refuseSocket(request, CLOSE.unauthenticated, REVOKED_REASON);
    }
    if (this.#connections.countOf(identity.userId) >= SOCKETS_PER_USER_PER_GROUP) {
      return refuseSocket(request, CLOSE.tooMany, 'too many sockets', tooManySockets());
    }
    // Everything that happened before goes out before the socket is one of us: the first that it hears is the state.
    presence.arriving(identity.userId);
    this.#connections.flush();
    const leaseUntil = now + this.#leaseMs;
    const { client, server } = this.#connections.accept(identity, leaseUntil);
    agenda.schedule('sockets', Math.min(leaseUntil, now + SOCKET_SILENT_MS));
    sendState(opened.value, this.#receiver.callerOf(server), positionIn(new URL(request.url)));
    return upgraded(request, client);
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const opened = this.#group ? ok(this.#group) : await this.#opened();
    if (opened.ok) await this.#receiver.receive(opened.value, socket, data);
    else
      this.#connections.close(socket, ERRORS[opened.failure.code].close ?? CLOSE.unavailable, '');
  }

  override webSocketClose(socket: WebSocket): void {
    this.#left(socket);
    this.#connections.answerClose(socket);
  }

  override webSocketError(socket: WebSocket): void {
    this.#left(socket);
  }

  /** A socket is gone: its user stops typing now, and is offline if no other socket opens within the grace. */
  #left(socket: WebSocket): void {
    const userId = this.#connections.forget(socket);
    if (!this.#group || userId === undefined) return;
    const { typing, presence } = this.#group;
    if (this.#connections.countOf(userId) === 0) {
      for (const parentId of typing.forget(userId)) {
        this.#group.tell({ type: 'thread_typing_update', parentId, userId, typing: false });
      }
    }
    presence.leaving(userId);
  }

  // The agenda

  override async alarm(): Promise<void> {
    const opened = await this.#opened();
    if (!opened.ok) return;
    const { agenda } = opened.value;
    try {
      for (const task of agenda.due(systemClock)) await this.#run(task, opened.value);
    } finally {
      agenda.rearm();
    }
  }

  async #run(task: Task, { mirror, agenda, presence }: OpenGroup): Promise<void> {
    switch (task) {
      case 'mirror':
        return mirror.run();
      case 'cursors':
        return mirror.runCursors();
      case 'sockets':
        return agenda.reschedule('sockets', this.#connections.closeExpired());
      case 'departures':
        return agenda.reschedule('departures', presence.departed());
      default:
        return assertNever(task);
    }
  }

  // What the Worker asks

  async create(creation: GroupCreation) {
    const opened = await this.#opened();
    if (opened.ok) return existing(opened.value, creation);
    if (opened.failure.code !== 'not_found') return opened;
    // While we asked D1 another request may have made the group.
    if (this.#group) return existing(this.#group, creation);
    migrate(this.#sql);
    const group = this.#open();
    const made = group.membership.create(creation, crypto.randomUUID());
    this.#group = group;
    await group.mirror.directoryWritten();
    return ok(made);
  }

  async group(userId: string) {
    return this.#with(({ membership }) => membership.group(userId));
  }

  async change(userId: string, change: GroupChange) {
    return this.#decide(({ membership }) => membership.change(userId, change));
  }

  async join(user: User) {
    return this.#decide(({ membership }) => membership.join(user));
  }

  async leave(userId: string) {
    return this.#decide(({ membership }) => {
      const left = membership.leave(userId);
      if (left.ok) this.#connections.closeFormerMember(userId);
      return left;
    });
  }

  async members(userId: string) {
    return this.#read(userId, ({ store }) => ok(store.members.current()));
  }

  async messages(userId: string, page: PageQuery) {
    return this.#read(userId, ({ store }) => messagePage(store, page));
  }

  async message(userId: string, id: string) {
    return this.#read(userId, ({ store }) => found(store.messages.byId(id)));
  }

  async reactions(userId: string, id: string) {
    return this.#read(userId, ({ store }) => {
      const message = found(store.messages.byId(id));
      return message.ok ? ok(store.messages.reactions.all(message.value.seq)) : message;
    });
  }

  async pins(userId: string) {
    return this.#read(userId, ({ store }) => {
      const messages = store.messages.pinned();
      return ok({ messages, users: usersNamedBy(store, messages, []) });
    });
  }

  async followedThreads(userId: string, { limit, offset }: { limit: number; offset: number }) {
    return this.#with(({ threads }) => threads.list(userId, limit, offset));
  }

  async send(userId: string, message: Omit<Sending, 'id'> & { id?: string | undefined }) {
    const id = message.id ?? uuidv7();
    return this.#with(({ conversation }) => conversation.send(userId, { ...message, id }));
  }

  async edit(userId: string, id: string, content: string) {
    return this.#with(({ conversation }) => conversation.edit(userId, { id, content }));
  }

  async delete(userId: string, id: string) {
    return this.#with(({ conversation }) => conversation.delete(userId, id));
  }

  async react(userId: string, reaction: { id: string; emoji: string; op: 'add' | 'remove' }) {
    return this.#with(({ conversation, store }) => {
      const reacted = conversation.react(userId, reaction);
      return reacted.ok ? found(store.messages.byId(reaction.id)) : reacted;
    });
  }

  async pin(userId: string, id: string, pinned: boolean) {
    return this.#with(({ conversation }) => conversation.pin(userId, id, pinned));
  }

  async changes(poll: Poll) {
    const opened = await this.#opened();
    return opened.ok ? answerPoll(opened.value, poll, systemClock) : opened;
  }

  async frames(sent: PolledFrames) {
    const flush = () => this.#connections.flush();
    const effects = { receiver: this.#receiver, flush, clock: systemClock };
    return this.#with((group) => takePolledFrames(group, sent, effects));
  }

  async updateProfile(user: User) {
    return this.#with(({ membership }) => {
      membership.updateProfile(user);
      return ok(null);
    });
  }

  async revoke(who: { userId: string; sessionId?: string | undefined }) {
    return this.#with(({ store, pollers }) => {
      const now = systemClock();
      store.revoke(who.sessionId ?? who.userId, now + REVOKED_MS, now);
      this.#connections.closeRevoked(who);
      pollers.wake();
      return ok(null);
    });
  }

  async ping() {
    return 'pong' as const;
  }

  /** Does something with the group, if there is one. */
  async #with<T>(work: (group: OpenGroup) => Result<T>): Promise<Result<T>> {
    const opened = await this.#opened();
    return opened.ok ? work(opened.value) : opened;
  }

  /** Reads something for a member of it. */
  async #read<T>(userId: string, work: (group: OpenGroup) => Result<T>): Promise<Result<T>> {
    return this.#with((group) => {
      const reader = memberWhoMay(group.store, userId, 'read');
      return reader.ok ? work(group) : reader;
    });
  }

  /** The same as `#with` for a change of members or of the group, whose answer waits for D1: lists are read there. */
  async #decide<T>(work: (group: OpenGroup) => Result<T>): Promise<Result<T>> {
    const opened = await this.#opened();
    if (!opened.ok) return opened;
    const decided = work(opened.value);
    if (decided.ok) await opened.value.mirror.directoryWritten();
    return decided;
  }

  // Coming into being

  /** The group that is here, or that D1 has: every entry waits for it to be loaded, once. */
  async #opened(): Promise<Result<OpenGroup>> {
    if (this.#group) return ok(this.#group);
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<Result<OpenGroup>> {
    try {
      const found = await loadFromMirror(this.#sql, this.env.DB, this.#groupId(), () =>
        crypto.randomUUID(),
      );
      if (!found) return fail('not_found', 'There is no such group.');
    } catch (error) {
      console.warn(
        JSON.stringify({ event: 'load_failed', groupId: this.#groupId(), error: String(error) }),
      );
      return fail('unavailable', 'This group cannot be loaded right now. Try again in a moment.');
    }
    this.#group = this.#open();
    return ok(this.#group);
  }

  #open(): OpenGroup {
    return openGroup(this.#groupId(), {
      sql: this.#sql,
      database: this.env.DB,
      connections: this.#connections,
      clock: systemClock,
      newId: () => uuidv7(),
      setAlarm: (at) => void this.ctx.storage.setAlarm(at),
    });
  }

  /** Rooms are only ever addressed by their group's id. */
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

function refuse(request: Request, code: keyof typeof ERRORS): Response {
  return refuseSocket(request, ERRORS[code].close ?? CLOSE.unavailable);
}

function tooManySockets() {
  const { failure } = fail(
    'rate_limited',
    'This group is open in too many tabs. Close one and try again.',
    {
      retryAfterMs: TOO_MANY_SOCKETS_WAIT_MS,
    },
  );
  return errorEvent(failure);
}

/** The same creation again, after an answer that was lost, gets the group that it made. */
function existing({ store }: OpenGroup, creation: GroupCreation) {
  const group = store.group();
  if (group.createdBy === creation.createdBy.id) return ok(group);
  return fail('conflict', 'This id belongs to another group. Create it under a new one.');
}

/** Where a connecting client says it stands. What cannot be read counts as unknown: the answer is then a whole page. */
function positionIn(url: URL): Position {
  const since = url.searchParams.get('since');
  const epoch = url.searchParams.get('epoch') ?? undefined;
  return { since: since !== null && /^\d{1,15}$/.test(since) ? Number(since) : undefined, epoch };
}

function found(message: Message | undefined): Result<Message> {
  return message ? ok(message) : fail('not_found', 'There is no such message in this group.');
}
