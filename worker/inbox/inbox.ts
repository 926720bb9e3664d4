import { DurableObject } from 'cloudflare:workers';
import { assertNever } from '../../protocol/assert-never.ts';
import { CLOSE, fail, ok, REVOKED_REASON, type Result } from '../../protocol/errors.ts';
import type { InboxEvent, InboxNews } from '../../protocol/inbox.ts';
import { type Group, type PresenceState, User } from '../../protocol/models.ts';
import type { MessageNotification } from '../../protocol/notifications.ts';
import type { PushSubscription } from '../../protocol/push.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import type { SettingsChange } from '../../protocol/settings.ts';
import { authenticate } from '../auth/authenticate.ts';
import type { ClerkSource } from '../auth/clerk-config.ts';
import { clerkFromEnv } from '../auth/clerk-from-env.ts';
import type { Identity } from '../auth/identity.ts';
import { systemClock } from '../clock.ts';
import { findUser } from '../directory/users.ts';
import type { Env } from '../env.ts';
import type { Poll, PolledFrames, Profile } from '../room/room-rpc.ts';
import { errorEvent } from '../sockets/frame-text.ts';
import { POLLER_PRESENT_MS } from '../sockets/pollers.ts';
import { closeCodeOf, identityOf, refuseSocket, upgraded } from '../sockets/upgrade.ts';
import { within } from '../within.ts';
import type { Healed } from './entries.ts';
import { type InboxParts, inboxParts, type Task } from './inbox-parts.ts';
import type { InboxRpc, Received } from './inbox-rpc.ts';
import { partnerOf } from './partner-of.ts';
import { threadGroups } from './thread-groups.ts';

/** Rooms that did not answer when a client connected are asked again after this, while one is open. */
const HEAL_AGAIN_MS = 15_000;
const D1_ANSWERS_WITHIN_MS = 3_000;
/** How long a client that has too many sockets open must wait. */
const TOO_MANY_SOCKETS_WAIT_MS = 60_000;

/**
 * The Durable Object of one user: the one socket that each of their clients keeps beside the group's, and what is new in
 * their groups. Rooms send entries while a client is open; what was missed is healed when one connects.
 */
export class Inbox extends DurableObject<Env> implements InboxRpc {
  readonly #parts: InboxParts;
  /** How many clients are about to get their first state. */
  #arriving = 0;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    const hooks = {
      authenticate: (token: string) => this.#authenticate(token),
      isListening: () => this.#isListening(),
    };
    this.#parts = inboxParts(this.#userId(), { state, env, hooks });
  }

  /** Where the Clerk configuration comes from. The local entry overrides it with the stand-in. */
  protected clerkSource(): ClerkSource {
    return clerkFromEnv;
  }

  // Sockets

  override async fetch(upgrade: Request): Promise<Response> {
    const identity = identityOf(upgrade);
    if (this.#parts.revoked.has(identity)) {
      return refuseSocket(upgrade, CLOSE.unauthenticated, REVOKED_REASON);
    }
    if (this.#parts.clients.hasTooManySockets()) {
      return refuseSocket(upgrade, CLOSE.tooMany, 'too many sockets', tooManySockets());
    }
    this.#arriving += 1;
    try {
      const ready = await this.#ready();
      // The session may have ended while the Rooms were asked.
      if (this.#parts.revoked.has(identity)) {
        return refuseSocket(upgrade, CLOSE.unauthenticated, REVOKED_REASON);
      }
      if (!ready.ok) return refuseSocket(upgrade, closeCodeOf(ready.failure.code));
      const leaseUntil = systemClock() + this.#parts.leaseMs;
      const client = this.#parts.clients.accept(identity, leaseUntil, this.#first(ready.value));
      this.#opened();
      return upgraded(upgrade, client);
    } finally {
      this.#arriving -= 1;
    }
  }

  /** The user, once the entries are as the Rooms have them. */
  async #ready(): Promise<Result<User>> {
    const [healed] = await Promise.all([this.#heal(), this.#readProfile()]);
    if (!healed.ok) return healed;
    // Not what was read: a change may have come since, and reached only those who were connected.
    const user = this.#parts.profile.find();
    return user ? ok(user) : fail('unavailable', 'Your profile cannot be read now. Try again.');
  }

  /** What a connection begins with, as it is now. Nothing may be awaited before it is sent. */
  #first(user: User): InboxNews[] {
    return [
      { type: 'inbox_state', user, groups: this.#groups() },
      { type: 'presence_update', userId: user.id, state: this.#parts.presence.state() },
    ];
  }

  /** A client is open. */
  #opened(): void {
    const { agenda, partners, presence, settings } = this.#parts;
    void partners.connected();
    presence.changed();
    const quietChangesAt = settings.nextChange();
    if (quietChangesAt !== undefined) agenda.schedule('quiet', quietChangesAt);
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    await this.#parts.clients.receive(socket, data);
  }

  override webSocketClose(socket: WebSocket): void {
    this.#parts.clients.forget(socket);
    this.#parts.clients.answerClose(socket);
  }

  override webSocketError(socket: WebSocket): void {
    this.#parts.clients.forget(socket);
  }

  // The agenda

  override async alarm(): Promise<void> {
    await this.#parts.agenda.run(systemClock, (task) => this.#run(task));
  }

  async #run(task: Task): Promise<void> {
    const { agenda, clients, notices, notifications, presence } = this.#parts;
    switch (task) {
      case 'departure':
        clients.closeExpired();
        agenda.reschedule('departure', clients.pollerLeavesAt() ?? presence.leavesAt());
        return presence.changed();
      case 'quiet':
        presence.changed();
        return this.#scheduleQuiet();
      case 'notices':
        return agenda.reschedule('notices', await notices.run());
      case 'heal':
        agenda.reschedule('heal', undefined);
        if (this.#isListening()) await this.#heal();
        return;
      case 'pushes':
        return agenda.reschedule('pushes', await notifications.run());
      default:
        return assertNever(task);
    }
  }

  // RPC of Rooms and of the Worker (inbox-rpc.ts)

  async changes({
    client,
    position,
    waitMs,
    ...asker
  }: Poll): Promise<Result<InboxEvent[] | null>> {
    const { clients, presence, revoked } = this.#parts;
    const admitted = revoked.admit(asker);
    if (!admitted.ok) return admitted;
    clients.poll(client);
    presence.changed();
    const events = await clients.eventsAfter(position, waitMs);
    const ready = events ? undefined : await this.#ready();
    this.#opened();
    this.#parts.agenda.schedule('departure', systemClock() + POLLER_PRESENT_MS);
    // The session may have ended in the meantime.
    const stillAdmitted = revoked.admit(asker);
    if (!stillAdmitted.ok) return stillAdmitted;
    if (ready) return ready.ok ? ok(clients.firstEvents(this.#first(ready.value))) : ready;
    return ok(events && events.length > 0 ? events : null);
  }

  async frames({ client, frames, ...asker }: PolledFrames): Promise<Result<InboxEvent[]>> {
    const admitted = this.#parts.revoked.admit(asker);
    return admitted.ok ? ok(this.#parts.clients.take(client, frames)) : admitted;
  }

  async update(
    entry: InboxEntry,
    counter: number,
    written?: MessageNotification,
  ): Promise<Received> {
    const received = this.#received();
    const { isListening } = received;
    this.#parts.entries.received(entry.group.id, entry, { counter, isListening });
    this.#parts.notifications.entryChanged(entry);
    if (isListening && written) this.#parts.notifications.written(written);
    return received;
  }

  async hide(groupId: string, counter: number): Promise<Received> {
    const received = this.#received();
    const { isListening } = received;
    this.#parts.entries.received(groupId, undefined, { counter, isListening });
    return received;
  }

  async remove(groupId: string): Promise<Received> {
    this.#parts.entries.removed(groupId);
    return this.#received();
  }

  async notify(unread: MessageNotification) {
    this.#parts.clients.closeExpired();
    // A client that has just left may come back.
    this.#parts.notifications.stillUnread(unread, this.#parts.presence.leavesAt() ?? 0);
    return this.#parts.wishes();
  }

  async subscribePush(subscription: PushSubscription, sessionId: string) {
    return this.#parts.notifications.subscribe(subscription, sessionId);
  }

  async unsubscribePush(id: string) {
    return this.#parts.notifications.unsubscribe(id);
  }

  async pushHealth(id: string) {
    return this.#parts.notifications.health(id);
  }

  async testPush(id: string) {
    return this.#parts.notifications.test(id);
  }

  async admit(sessionId: string) {
    return this.#parts.revoked.admit({ userId: this.#userId(), sessionId });
  }

  async entries(sessionId?: string) {
    const admitted = this.#parts.revoked.admit({ userId: this.#userId(), sessionId });
    if (!admitted.ok) return admitted;
    const healed = await this.#parts.entries.heal();
    return healed.ok ? ok(this.#groups()) : healed;
  }

  async threadGroups(sessionId: string) {
    const admitted = this.#parts.revoked.admit({ userId: this.#userId(), sessionId });
    if (!admitted.ok) return admitted;
    const healed = await this.#parts.entries.heal();
    if (!healed.ok) return healed;
    return ok({ groups: threadGroups(this.#parts.entries.list()), ...healed.value });
  }

  async updateProfile(profile: Profile) {
    if (!this.#parts.profile.put(profile)) return ok(null);
    this.#parts.clients.sendToAll({ type: 'user_update', user: User.parse(profile) });
    this.#parts.notifyRooms({ type: 'profile', user: profile });
    return ok(null);
  }

  async watch(userId: string, state: PresenceState) {
    this.#parts.clients.closeExpired();
    return this.#parts.partners.watched(userId, state);
  }

  async hear(userId: string, state: PresenceState): Promise<Received> {
    return { isListening: this.#parts.partners.hears(userId, state) };
  }

  async settings() {
    return this.#parts.settings.get();
  }

  async changeSettings(change: SettingsChange) {
    const { settings, clients, presence, notifyRooms } = this.#parts;
    const { version } = settings.readReceipts();
    const changed = settings.change(change);
    if (settings.readReceipts().version !== version) notifyRooms({ type: 'read_receipts' });
    clients.sendToAll({ type: 'settings_update', settings: changed });
    presence.changed();
    this.#scheduleQuiet();
    return changed;
  }

  async putFavourite(groupId: string, before?: string) {
    // The Inbox of someone who has never opened a client knows no groups yet.
    const { entries, favourites } = this.#parts;
    if (!entries.has(groupId)) await this.#heal();
    if (!entries.has(groupId)) return fail('not_found', 'You are in no such group.');
    const put = favourites.put(groupId, before);
    return put.ok ? ok([...favourites.list()]) : put;
  }

  async removeFavourite(groupId: string) {
    this.#parts.favourites.remove(groupId);
    return ok([...this.#parts.favourites.list()]);
  }

  async spendPeopleAdded(people: number) {
    return this.#parts.allowances.addPeople(people);
  }

  async spendInvite() {
    return this.#parts.allowances.makeInvite();
  }

  async spendGroup(kind: Group['kind'], people: number) {
    return this.#parts.allowances.createGroup(kind, people);
  }

  async spendProfileChange() {
    return this.#parts.allowances.changeProfile();
  }

  async reserveStorage(fileId: string, size: number, sessionId?: string) {
    const admitted = this.#parts.revoked.admit({ userId: this.#userId(), sessionId });
    return admitted.ok ? this.#parts.storage.reserve(fileId, size) : admitted;
  }

  async releaseStorage(fileIds: string[]) {
    this.#parts.storage.release(fileIds);
    return ok(null);
  }

  async storage() {
    return this.#parts.storage.total();
  }

  async eraseFiles() {
    this.#parts.notifyRooms({ type: 'erase_files' });
    return ok(null);
  }

  async revoke(sessionId?: string) {
    const who = { userId: this.#userId(), sessionId };
    this.#parts.revoked.add(who);
    this.#parts.clients.revoke(who);
    this.#parts.notifications.sessionEnded(sessionId);
    this.#parts.notifyRooms({ type: 'revoke', sessionId });
    return ok(null);
  }

  /** Asks the Rooms whose entries may be old, and once more later if not all have answered. */
  async #heal(): Promise<Result<Healed>> {
    const healed = await this.#parts.entries.heal();
    if (!healed.ok || !healed.value.isComplete) {
      this.#parts.agenda.schedule('heal', systemClock() + HEAL_AGAIN_MS);
    }
    return healed;
  }

  #received(): Received {
    this.#parts.clients.closeExpired();
    return { isListening: this.#isListening(), ...this.#parts.wishes() };
  }

  /** The user's groups, with what only their Inbox knows: how their partners are, and which are favourites. */
  #groups(): InboxEntry[] {
    return this.#parts.entries.list().map((entry) => {
      const presence = this.#parts.partners.stateOf(partnerOf(entry) ?? '');
      const favourite = this.#parts.favourites.placeOf(entry.group.id);
      return {
        ...entry,
        ...(presence !== undefined && { presence }),
        ...(favourite !== undefined && { favourite }),
      };
    });
  }

  /** Looks at do-not-disturb again when it begins or ends by itself, if anyone is there by then. */
  #scheduleQuiet(): void {
    const at = this.#isListening() ? this.#parts.settings.nextChange() : undefined;
    this.#parts.agenda.reschedule('quiet', at);
  }

  #isListening(): boolean {
    return this.#arriving > 0 || this.#parts.presence.state() !== 'offline';
  }

  /** Stores the profile as the directory has it now; the last known one stays if D1 cannot be read. */
  async #readProfile(): Promise<void> {
    const found = await within(D1_ANSWERS_WITHIN_MS, findUser(this.env.DB, this.#userId())).catch(
      () => undefined,
    );
    if (found) this.#parts.profile.put(found);
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
