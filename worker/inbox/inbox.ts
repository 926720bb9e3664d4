import { DurableObject } from 'cloudflare:workers';
import { assertNever } from '../../protocol/assert-never.ts';
import { CLOSE, fail, ok, REVOKED_REASON, type Result } from '../../protocol/errors.ts';
import type { InboxEvent, InboxNews, InboxUpdate } from '../../protocol/inbox.ts';
import {
  DIRECT_GROUPS_PER_HOUR,
  GROUPS_PER_HOUR,
  INVITES_PER_HOUR,
  LEASE_MS,
  PEOPLE_ADDED_PER_HOUR,
  PRESENCES_IN_LIST,
  PROFILE_CHANGES_PER_HOUR,
  SOCKET_SILENT_MS,
} from '../../protocol/limits.ts';
import { type Group, type PresenceState, User } from '../../protocol/models.ts';
import type { MessageNotification } from '../../protocol/notifications.ts';
import type { PushSubscription } from '../../protocol/push.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import type { SettingsChange } from '../../protocol/settings.ts';
import { Agenda } from '../agenda.ts';
import { authenticate } from '../auth/authenticate.ts';
import type { ClerkSource } from '../auth/clerk-config.ts';
import { clerkFromEnv } from '../auth/clerk-from-env.ts';
import type { Identity } from '../auth/identity.ts';
import { systemClock } from '../clock.ts';
import { countersOf, groupIdsOf } from '../directory/memberships.ts';
import { findUser } from '../directory/users.ts';
import type { Env } from '../env.ts';
import { sendPush } from '../push/send-push.ts';
import { vapidFromEnv } from '../push/vapid-from-env.ts';
import { RevokedSessions } from '../revoked-sessions.ts';
import { roomOf } from '../room/room-of.ts';
import type { Poll, PolledFrames, Profile } from '../room/room-rpc.ts';
import { errorEvent } from '../sockets/frame-text.ts';
import { POLLER_PRESENT_MS } from '../sockets/pollers.ts';
import { closeCodeOf, identityOf, refuseSocket, upgraded } from '../sockets/upgrade.ts';
import { durableSql } from '../sql.ts';
import { waitInWords } from '../wait-in-words.ts';
import { within } from '../within.ts';
import { changesOf } from './changes-of.ts';
import { Clients } from './clients.ts';
import { Entries, type Healed } from './entries.ts';
import { Favourites } from './favourites.ts';
import { inboxOf } from './inbox-of.ts';
import type { InboxRpc, Received, Wishes } from './inbox-rpc.ts';
import { Notices } from './notices.ts';
import { Notifications } from './notifications.ts';
import { partnerOf } from './partner-of.ts';
import { ASK_PARTNERS_EVERY_MS, Partners } from './partners.ts';
import { Presence } from './presence.ts';
import { AllowanceStore, type Spending } from './rows/allowance-store.ts';
import { EntryStore } from './rows/entry-store.ts';
import { FavouriteStore } from './rows/favourite-store.ts';
import { type Notice, NoticeStore } from './rows/notice-store.ts';
import { ProfileStore } from './rows/profile-store.ts';
import { createTables } from './rows/schema.ts';
import { SettingsStore } from './rows/settings-store.ts';
import { Settings } from './settings.ts';
import { threadGroups } from './thread-groups.ts';

const TASKS = ['sockets', 'quiet', 'notices', 'heal', 'partners', 'pushes'] as const;
/** Rooms that did not answer when a client connected are asked again after this, while one is open. */
const HEAL_AGAIN_MS = 15_000;
const D1_ANSWERS_WITHIN_MS = 3_000;
/** How long a client that has too many sockets open must wait. */
const TOO_MANY_SOCKETS_WAIT_MS = 60_000;

/** What a user spends of an allowance, and the sentence that refuses it, without how long to wait. */
interface Expense extends Spending {
  detail: string;
}

/**
 * The Durable Object of one user: the one socket that each of their clients keeps beside the group's, and what is new in
 * their groups. Rooms send entries while a client is open; what was missed is healed when one connects.
 */
export class Inbox extends DurableObject<Env> implements InboxRpc {
  readonly #clients: Clients;
  readonly #entries: Entries;
  readonly #profile: ProfileStore;
  readonly #allowances: AllowanceStore;
  readonly #notices: Notices;
  readonly #notifications: Notifications;
  readonly #revoked: RevokedSessions;
  readonly #agenda: Agenda<(typeof TASKS)[number]>;
  readonly #settings: Settings;
  readonly #favourites: Favourites;
  readonly #presence: Presence;
  readonly #partners: Partners;
  readonly #leaseMs: number;
  /** How many clients are about to get their first state. */
  #arriving = 0;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    const sql = durableSql(state.storage);
    createTables(sql);
    this.#leaseMs = Number(env.SOCKET_LEASE_MS ?? LEASE_MS);
    this.#revoked = new RevokedSessions(sql, systemClock);
    this.#clients = new Clients(state, {
      clock: systemClock,
      userId: this.#userId(),
      leaseMs: this.#leaseMs,
      revoked: this.#revoked,
      authenticate: (token) => this.#authenticate(token),
      changed: () => this.#presence.changed(),
      left: () => this.#leaving(),
    });
    this.#entries = new Entries(new EntryStore(sql), {
      userId: this.#userId(),
      roomOf: (groupId) => ({
        subscribe: (userId) =>
          roomOf(env, groupId).subscribe(
            userId,
            this.#notifications.wantsPushes(),
            this.#settings.readReceipts(),
          ),
      }),
      counters: () => countersOf(env.DB, this.#userId()),
      changed: (before, after) => {
        const entry = changesOf(before, after);
        // The Room knows no favourites, and a client that did not know the group needs the whole entry.
        if (entry && !before) entry.favourite = this.#favourites.placeOf(entry.groupId);
        if (entry) this.#clients.sendToAll({ type: 'inbox_update', entry });
        const partner = partnerOf(after);
        if (partner !== undefined) this.#partners.met(partner);
      },
      removed: (groupId) => this.#clients.sendToAll({ type: 'inbox_remove', groupId }),
      left: (groupId) => this.#favourites.remove(groupId),
    });
    this.#favourites = new Favourites(new FavouriteStore(sql), (groupId, place) => {
      const entry: InboxUpdate = { groupId, favourite: place ?? null };
      this.#clients.sendToAll({ type: 'inbox_update', entry });
    });
    this.#profile = new ProfileStore(sql);
    this.#allowances = new AllowanceStore(sql, systemClock);
    this.#notices = new Notices(new NoticeStore(sql), {
      clock: systemClock,
      groupIds: (after, limit) => groupIdsOf(env.DB, this.#userId(), { after, limit }),
      tell: (groupId, notice) => this.#tell(groupId, notice),
    });
    const vapid = vapidFromEnv(env);
    this.#notifications = new Notifications(sql, {
      clock: systemClock,
      isActive: () => this.#isActive(),
      mayBeDisturbed: () => this.#settings.mayBeDisturbed(),
      send: vapid && ((subscription, payload, how) => sendPush(subscription, payload, how, vapid)),
      show: (notification) => this.#clients.sendToAll({ type: 'notification', notification }),
      wakeAt: (at) => this.#agenda.schedule('pushes', at),
      wantsChanged: () => this.#notify({ type: 'pushes' }),
    });
    this.#agenda = new Agenda(TASKS, sql, systemClock, (at) => void state.storage.setAlarm(at));
    this.#settings = new Settings(new SettingsStore(sql), systemClock);
    // The sockets are looked after until the last one has left and its user is offline.
    this.#presence = new Presence(
      {
        clock: systemClock,
        clients: () => this.#clients.states(),
        mayBeDisturbed: (at) => this.#settings.mayBeDisturbed(at),
        publish: (published) => this.#publish(published),
      },
      { leavesAt: this.#agenda.dueAt('sockets'), quietUntil: this.#agenda.dueAt('quiet') },
    );
    this.#partners = new Partners({
      clock: systemClock,
      userId: this.#userId(),
      ids: () =>
        this.#entries
          .list()
          .flatMap((entry) => partnerOf(entry) ?? [])
          .slice(0, PRESENCES_IN_LIST),
      inboxOf: (userId) => inboxOf(env, userId),
      state: () => this.#presence.state(),
      isListening: () => this.#isListening(),
      heard: (userId, presence) => this.#heard(userId, presence),
    });
  }

  /** Where the Clerk configuration comes from. The local entry overrides it with the stand-in. */
  protected clerkSource(): ClerkSource {
    return clerkFromEnv;
  }

  // Sockets

  override async fetch(upgrade: Request): Promise<Response> {
    const identity = identityOf(upgrade);
    if (this.#revoked.has(identity)) {
      return refuseSocket(upgrade, CLOSE.unauthenticated, REVOKED_REASON);
    }
    if (this.#clients.hasTooManySockets()) {
      return refuseSocket(upgrade, CLOSE.tooMany, 'too many sockets', tooManySockets());
    }
    this.#arriving += 1;
    try {
      const user = await this.#healedUser();
      // The session may have ended while the Rooms were asked.
      if (this.#revoked.has(identity)) {
        return refuseSocket(upgrade, CLOSE.unauthenticated, REVOKED_REASON);
      }
      if (!user.ok) return refuseSocket(upgrade, closeCodeOf(user.failure.code));
      const leaseUntil = systemClock() + this.#leaseMs;
      const client = this.#clients.accept(identity, leaseUntil, this.#first(user.value));
      this.#opened(leaseUntil);
      return upgraded(upgrade, client);
    } finally {
      this.#arriving -= 1;
    }
  }

  /** The user, once the entries are as the Rooms have them. */
  async #healedUser(): Promise<Result<User>> {
    const [healed, user] = await Promise.all([this.#heal(), this.#user()]);
    if (!healed.ok) return healed;
    return user ? ok(user) : fail('unavailable', 'Your profile cannot be read now. Try again.');
  }

  /** What a connection begins with, as it is now. Nothing may be awaited before it is sent. */
  #first(user: User): InboxNews[] {
    return [
      { type: 'inbox_state', user, groups: this.#groups() },
      this.#presenceEvent(user.id, this.#presence.state()),
    ];
  }

  /** A client is open, and must be looked after at `until`, ms UTC, at the latest. */
  #opened(until: number): void {
    const now = systemClock();
    this.#agenda.schedule('sockets', Math.min(until, now + SOCKET_SILENT_MS));
    void this.#partners.connected();
    this.#presence.changed();
    this.#agenda.schedule('partners', now + ASK_PARTNERS_EVERY_MS);
    const quietChangesAt = this.#settings.nextChange();
    if (quietChangesAt !== undefined) this.#agenda.schedule('quiet', quietChangesAt);
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    await this.#clients.receive(socket, data);
  }

  override webSocketClose(socket: WebSocket): void {
    this.#clients.forget(socket);
    this.#clients.answerClose(socket);
  }

  override webSocketError(socket: WebSocket): void {
    this.#clients.forget(socket);
  }

  #leaving(): void {
    this.#presence.left();
    const at = this.#presence.leavesAt();
    if (at !== undefined) this.#agenda.reschedule('sockets', at);
  }

  override async alarm(): Promise<void> {
    try {
      const due = this.#agenda.due(systemClock);
      if (due.includes('sockets')) {
        const again = this.#clients.closeExpired();
        this.#agenda.reschedule('sockets', again ?? this.#presence.leavesAt());
        this.#presence.changed();
      }
      if (due.includes('quiet')) {
        this.#presence.changed();
        this.#scheduleQuiet();
      }
      if (due.includes('notices')) {
        this.#agenda.reschedule('notices', await this.#notices.run());
      }
      if (due.includes('heal')) {
        this.#agenda.reschedule('heal', undefined);
        if (this.#isListening()) await this.#heal();
      }
      if (due.includes('pushes')) {
        this.#agenda.reschedule('pushes', await this.#notifications.run());
      }
      if (due.includes('partners')) {
        this.#agenda.reschedule('partners', undefined);
        if (this.#isListening()) {
          this.#agenda.schedule('partners', systemClock() + ASK_PARTNERS_EVERY_MS);
          await this.#partners.renew();
        }
      }
    } finally {
      this.#agenda.rearm();
    }
  }

  // RPC of Rooms and of the Worker (inbox-rpc.ts)

  async changes({
    client,
    position,
    waitMs,
    ...asker
  }: Poll): Promise<Result<InboxEvent[] | null>> {
    const admitted = this.#revoked.admit(asker);
    if (!admitted.ok) return admitted;
    this.#clients.poll(client);
    this.#presence.changed();
    const events = await this.#clients.eventsAfter(position, waitMs);
    const user = events ? undefined : await this.#healedUser();
    this.#opened(systemClock() + POLLER_PRESENT_MS);
    // The session may have ended in the meantime.
    const stillAdmitted = this.#revoked.admit(asker);
    if (!stillAdmitted.ok) return stillAdmitted;
    if (user) return user.ok ? ok(this.#clients.firstEvents(this.#first(user.value))) : user;
    return ok(events && events.length > 0 ? events : null);
  }

  async frames({ client, frames, ...asker }: PolledFrames): Promise<Result<InboxEvent[]>> {
    const admitted = this.#revoked.admit(asker);
    return admitted.ok ? ok(this.#clients.take(client, frames)) : admitted;
  }

  async update(
    entry: InboxEntry,
    counter: number,
    written?: MessageNotification,
  ): Promise<Received> {
    const received = this.#received();
    const { isListening } = received;
    this.#entries.received(entry.group.id, entry, { counter, isListening });
    this.#notifications.entryChanged(entry);
    if (isListening && written) this.#notifications.written(written);
    return received;
  }

  async hide(groupId: string, counter: number): Promise<Received> {
    const received = this.#received();
    const { isListening } = received;
    this.#entries.received(groupId, undefined, { counter, isListening });
    return received;
  }

  async remove(groupId: string): Promise<Received> {
    this.#entries.removed(groupId);
    return this.#received();
  }

  async notify(unread: MessageNotification) {
    // A client that has just left may come back.
    this.#notifications.stillUnread(unread, this.#presence.leavesAt() ?? 0);
    return this.#wishes();
  }

  async subscribePush(subscription: PushSubscription, sessionId: string) {
    return this.#notifications.subscribe(subscription, sessionId);
  }

  async unsubscribePush(id: string) {
    return this.#notifications.unsubscribe(id);
  }

  async pushHealth(id: string) {
    return this.#notifications.health(id);
  }

  async testPush(id: string) {
    return this.#notifications.test(id);
  }

  async admit(sessionId: string) {
    return this.#revoked.admit({ userId: this.#userId(), sessionId });
  }

  async entries(sessionId?: string) {
    const admitted = this.#revoked.admit({ userId: this.#userId(), sessionId });
    if (!admitted.ok) return admitted;
    const healed = await this.#entries.heal();
    return healed.ok ? ok(this.#groups()) : healed;
  }

  async threadGroups(sessionId: string) {
    const admitted = this.#revoked.admit({ userId: this.#userId(), sessionId });
    if (!admitted.ok) return admitted;
    const healed = await this.#entries.heal();
    if (!healed.ok) return healed;
    return ok({ groups: threadGroups(this.#entries.list()), ...healed.value });
  }

  async updateProfile(profile: Profile) {
    const user = User.parse(profile);
    this.#profile.put(user);
    this.#clients.sendToAll({ type: 'user_update', user });
    this.#notify({ type: 'profile', user: profile });
    return ok(null);
  }

  async watch(userId: string, state: PresenceState) {
    return this.#partners.watched(userId, state);
  }

  async hear(userId: string, state: PresenceState): Promise<Received> {
    return { isListening: this.#partners.hears(userId, state) };
  }

  async settings() {
    return this.#settings.get();
  }

  async changeSettings(change: SettingsChange) {
    const { version } = this.#settings.readReceipts();
    const settings = this.#settings.change(change);
    if (this.#settings.readReceipts().version !== version) this.#notify({ type: 'read_receipts' });
    this.#clients.sendToAll({ type: 'settings_update', settings });
    this.#presence.changed();
    this.#scheduleQuiet();
    return settings;
  }

  async putFavourite(groupId: string, before?: string) {
    // The Inbox of someone who has never opened a client knows no groups yet.
    if (!this.#entries.has(groupId)) await this.#heal();
    if (!this.#entries.has(groupId)) return fail('not_found', 'You are in no such group.');
    const put = this.#favourites.put(groupId, before);
    return put.ok ? ok([...this.#favourites.list()]) : put;
  }

  async removeFavourite(groupId: string) {
    this.#favourites.remove(groupId);
    return ok([...this.#favourites.list()]);
  }

  async spendPeopleAdded(people: number) {
    return this.#spend(this.#peopleAdded(people));
  }

  async spendInvite() {
    const most = Number(this.env.LIMIT_INVITES_PER_HOUR ?? INVITES_PER_HOUR);
    const detail = `You can make at most ${most} invitations an hour. Use one that you have made.`;
    return this.#spend({ what: 'invites_made', amount: 1, most, detail });
  }

  async spendGroup(kind: Group['kind'], people: number) {
    const { LIMIT_GROUPS_PER_HOUR, LIMIT_DIRECT_GROUPS_PER_HOUR } = this.env;
    if (kind === 'direct') {
      const most = Number(LIMIT_DIRECT_GROUPS_PER_HOUR ?? DIRECT_GROUPS_PER_HOUR);
      const detail = `You can start at most ${most} conversations an hour.`;
      return this.#spend({ what: 'direct_groups_created', amount: 1, most, detail });
    }
    const most = Number(LIMIT_GROUPS_PER_HOUR ?? GROUPS_PER_HOUR);
    const detail = `You can create at most ${most} groups an hour.`;
    const group = { what: 'groups_created', amount: 1, most, detail } as const;
    return this.#spend(group, ...(people > 0 ? [this.#peopleAdded(people)] : []));
  }

  async spendProfileChange() {
    const most = Number(this.env.LIMIT_PROFILE_CHANGES_PER_HOUR ?? PROFILE_CHANGES_PER_HOUR);
    const detail = `You can change your profile at most ${most} times an hour.`;
    return this.#spend({ what: 'profile_changes', amount: 1, most, detail });
  }

  #peopleAdded(people: number): Expense {
    const most = Number(this.env.LIMIT_PEOPLE_ADDED_PER_HOUR ?? PEOPLE_ADDED_PER_HOUR);
    const detail = `You can add at most ${most} people an hour to groups.`;
    return { what: 'people_added', amount: people, most, detail };
  }

  /** Spends all of it or, if one is too much, nothing. */
  #spend(...expenses: Expense[]): Result<null> {
    for (const expense of expenses) {
      const retryAfterMs = this.#allowances.waitFor(expense);
      if (retryAfterMs === 0) continue;
      const detail = `${expense.detail} Try again in ${waitInWords(retryAfterMs)}.`;
      return fail('rate_limited', detail, { retryAfterMs });
    }
    for (const expense of expenses) this.#allowances.spend(expense);
    return ok(null);
  }

  async revoke(sessionId?: string) {
    const who = { userId: this.#userId(), sessionId };
    this.#revoked.add(who);
    this.#clients.revoke(who);
    this.#notifications.sessionEnded(sessionId);
    this.#notify({ type: 'revoke', sessionId });
    return ok(null);
  }

  /** Tells all Rooms of the user soon, and surely. */
  #notify(notice: Notice): void {
    this.#notices.add(notice);
    this.#agenda.schedule('notices', systemClock());
  }

  #tell(groupId: string, notice: Notice): Promise<Result<null>> {
    const room = roomOf(this.env, groupId);
    const userId = this.#userId();
    switch (notice.type) {
      case 'profile':
        return room.updateProfile(notice.user);
      case 'revoke':
        return room.revoke({ userId, sessionId: notice.sessionId });
      case 'pushes':
        return room.setWantsPushes(userId, this.#notifications.wantsPushes());
      case 'read_receipts':
        return room.setReadReceipts(userId, this.#settings.readReceipts());
      default:
        return assertNever(notice);
    }
  }

  /** Asks the Rooms whose entries may be old, and once more later if not all have answered. */
  async #heal(): Promise<Result<Healed>> {
    const healed = await this.#entries.heal();
    if (!healed.ok || !healed.value.isComplete) {
      this.#agenda.schedule('heal', systemClock() + HEAL_AGAIN_MS);
    }
    return healed;
  }

  #received(): Received {
    return { isListening: this.#isListening(), ...this.#wishes() };
  }

  #wishes(): Wishes {
    return {
      wantsPushes: this.#notifications.wantsPushes(),
      readReceipts: this.#settings.readReceipts(),
    };
  }

  /** Whether the user is active at a client. */
  #isActive(): boolean {
    return this.#clients.states().includes('online');
  }

  /** The user is in another state now. */
  #publish(state: PresenceState): void {
    this.#clients.sendToAll(this.#presenceEvent(this.#userId(), state));
    void this.#partners.tell();
    if (state === 'offline') this.#partners.rest();
  }

  #heard(userId: string, state: PresenceState | undefined): void {
    if (state !== undefined) {
      this.#clients.sendToAll(this.#presenceEvent(userId, state));
      return;
    }
    const direct = this.#entries.list().find((entry) => partnerOf(entry) === userId);
    if (direct) {
      const entry: InboxUpdate = { groupId: direct.group.id, presence: null };
      this.#clients.sendToAll({ type: 'inbox_update', entry });
    }
  }

  #presenceEvent(userId: string, state: PresenceState) {
    return { type: 'presence_update', userId, state } as const;
  }

  /** The user's groups, with what only their Inbox knows: how their partners are, and which are favourites. */
  #groups(): InboxEntry[] {
    return this.#entries.list().map((entry) => {
      const presence = this.#partners.stateOf(partnerOf(entry) ?? '');
      const favourite = this.#favourites.placeOf(entry.group.id);
      return {
        ...entry,
        ...(presence !== undefined && { presence }),
        ...(favourite !== undefined && { favourite }),
      };
    });
  }

  /** Looks at do-not-disturb again when it begins or ends by itself, if anyone is there by then. */
  #scheduleQuiet(): void {
    const at = this.#isListening() ? this.#settings.nextChange() : undefined;
    this.#agenda.reschedule('quiet', at);
  }

  #isListening(): boolean {
    return this.#arriving > 0 || this.#presence.state() !== 'offline';
  }

  /** The user's profile; the last known one if D1 cannot be read. */
  async #user(): Promise<User | undefined> {
    const found = await within(D1_ANSWERS_WITHIN_MS, findUser(this.env.DB, this.#userId())).catch(
      () => undefined,
    );
    if (!found) return this.#profile.find();
    const user = User.parse(found);
    this.#profile.put(user);
    return user;
  }

  /** Every Inbox is addressed by the id of its user. */
  #userId(): string {
    const { name } = this.ctx.id;
    if (name === undefined) throw new Error('an Inbox is addressed by name');
    return name;
  }

  async #authenticate(token: string): Promise<Result<Identity>> {
    const clerk = await this.clerkSource()(this.env);
    return clerk.ok ? authenticate(token, clerk.value) : clerk;
  }
}

function tooManySockets() {
  const detail = 'Edgewise is open in too many tabs. Close one and try again.';
  return errorEvent(
    fail('rate_limited', detail, { retryAfterMs: TOO_MANY_SOCKETS_WAIT_MS }).failure,
  );
}
