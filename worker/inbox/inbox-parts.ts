import { assertNever } from '../../protocol/assert-never.ts';
import type { Result } from '../../protocol/errors.ts';
import type { InboxUpdate } from '../../protocol/inbox.ts';
import { LEASE_MS, PRESENCES_IN_LIST, STORAGE_PER_USER } from '../../protocol/limits.ts';
import type { PresenceState } from '../../protocol/models.ts';
import { Agenda } from '../agenda.ts';
import { systemClock as clock } from '../clock.ts';
import { countersOf, groupIdsOf } from '../directory/memberships.ts';
import type { Env } from '../env.ts';
import { sendPush } from '../push/send-push.ts';
import { vapidFromEnv } from '../push/vapid-from-env.ts';
import { RevokedSessions } from '../revoked-sessions.ts';
import { roomOf } from '../room/room-of.ts';
import { durableSql } from '../sql.ts';
import { Allowances } from './allowances.ts';
import { changesOf } from './changes-of.ts';
import { Clients, type ClientsEffects } from './clients.ts';
import { Entries } from './entries.ts';
import { Favourites } from './favourites.ts';
import { inboxOf } from './inbox-of.ts';
import type { Wishes } from './inbox-rpc.ts';
import { Notices } from './notices.ts';
import { Notifications } from './notifications.ts';
import { partnerOf } from './partner-of.ts';
import { Partners } from './partners.ts';
import { Presence } from './presence.ts';
import { AllowanceStore } from './rows/allowance-store.ts';
import { EntryStore } from './rows/entry-store.ts';
import { FavouriteStore } from './rows/favourite-store.ts';
import { type Notice, NoticeStore } from './rows/notice-store.ts';
import { ProfileStore } from './rows/profile-store.ts';
import { createTables } from './rows/schema.ts';
import { SettingsStore } from './rows/settings-store.ts';
import { StoredFiles } from './rows/stored-files.ts';
import { Settings } from './settings.ts';
import { UserStorage } from './user-storage.ts';

/**
 * Everything that an Inbox does later without a request, in the order in which it does it. None of it is due while a client is
 * open and silent: dead sockets are found when something is sent, received or asked.
 */
export const TASKS = ['departure', 'quiet', 'notices', 'heal', 'pushes'] as const;
export type Task = (typeof TASKS)[number];

/** The parts of an Inbox. */
export interface InboxParts {
  clients: Clients;
  entries: Entries;
  favourites: Favourites;
  profile: ProfileStore;
  settings: Settings;
  allowances: Allowances;
  storage: UserStorage;
  notifications: Notifications;
  notices: Notices;
  presence: Presence;
  partners: Partners;
  revoked: RevokedSessions;
  agenda: Agenda<Task>;
  /** How long a socket lives without a new token, ms. */
  leaseMs: number;
  /** What the user wants to learn from their Rooms. */
  wishes(): Wishes;
  /** Tells all Rooms of the user soon, and surely. */
  notifyRooms(notice: Notice): void;
}

/** What the parts call of the Inbox. */
export interface InboxHooks {
  authenticate: ClientsEffects['authenticate'];
  /** Whether a client is open, or about to be. */
  isListening(): boolean;
}

/** Connects the parts of a user's Inbox, with the limits that `env` sets. Called again each time that the Inbox wakes. */
export function inboxParts(
  userId: string,
  { state, env, hooks }: { state: DurableObjectState; env: Env; hooks: InboxHooks },
): InboxParts {
  const sql = durableSql(state.storage);
  createTables(sql);
  const leaseMs = Number(env.SOCKET_LEASE_MS ?? LEASE_MS);
  const storageLimit = Number(env.LIMIT_STORAGE_PER_USER ?? STORAGE_PER_USER);
  const agenda = new Agenda({ tasks: TASKS }, sql, state.storage);
  const revoked = new RevokedSessions(sql, clock);
  const settings = new Settings(new SettingsStore(sql), clock);
  const clients = new Clients(state, {
    clock,
    userId,
    leaseMs,
    revoked,
    authenticate: hooks.authenticate,
    changed: () => presence.changed(),
    left() {
      presence.left();
      const at = presence.leavesAt();
      if (at !== undefined) agenda.reschedule('departure', at);
    },
    renewed: (openedAt, heardAt) => void partners.stillOpen(openedAt, heardAt),
  });
  const updateEntry = (entry: InboxUpdate) => clients.sendToAll({ type: 'inbox_update', entry });
  const favourites = new Favourites(new FavouriteStore(sql), (groupId, place) =>
    updateEntry({ groupId, favourite: place ?? null }),
  );
  const wishes = (): Wishes => ({
    wantsPushes: notifications.wantsPushes(),
    readReceipts: settings.readReceipts(),
  });
  const entries = new Entries(new EntryStore(sql), {
    userId,
    roomOf: (groupId) => ({
      subscribe(subscriberId) {
        const { wantsPushes, readReceipts } = wishes();
        return roomOf(env, groupId).subscribe(subscriberId, wantsPushes, readReceipts);
      },
    }),
    counters: () => countersOf(env.DB, userId),
    changed(before, after) {
      const entry = changesOf(before, after);
      // The Room knows no favourites, and a client that did not know the group needs the whole entry.
      if (entry && !before) entry.favourite = favourites.placeOf(entry.groupId);
      if (entry) updateEntry(entry);
      const partner = partnerOf(after);
      if (partner !== undefined) partners.met(partner);
    },
    removed: (groupId) => clients.sendToAll({ type: 'inbox_remove', groupId }),
    left: (groupId) => favourites.remove(groupId),
  });
  const notices = new Notices(new NoticeStore(sql), {
    clock,
    // Files stay in a group that their uploader has left.
    groupIds: (after, limit, { type }) =>
      groupIdsOf(env.DB, userId, { after, limit, alsoLeft: type === 'erase_files' }),
    tell(groupId, notice): Promise<Result<null>> {
      const room = roomOf(env, groupId);
      switch (notice.type) {
        case 'profile':
          return room.updateProfile(notice.user);
        case 'revoke':
          return room.revoke({ userId, sessionId: notice.sessionId });
        case 'pushes':
          return room.setWantsPushes(userId, notifications.wantsPushes());
        case 'read_receipts':
          return room.setReadReceipts(userId, settings.readReceipts());
        case 'erase_files':
          return room.eraseFilesOf(userId);
        default:
          return assertNever(notice);
      }
    },
  });
  const notifyRooms = (notice: Notice) => {
    notices.add(notice);
    agenda.schedule('notices', clock());
  };
  const vapid = vapidFromEnv(env);
  const notifications = new Notifications(sql, {
    clock,
    isActive: () => clients.states().includes('online'),
    mayBeDisturbed: () => settings.mayBeDisturbed(),
    send: vapid && ((subscription, payload, how) => sendPush(subscription, payload, how, vapid)),
    show: (notification) => clients.sendToAll({ type: 'notification', notification }),
    wakeAt: (at) => agenda.schedule('pushes', at),
    wantsChanged: () => notifyRooms({ type: 'pushes' }),
  });
  const presence = new Presence(
    {
      clock,
      clients: () => clients.states(),
      mayBeDisturbed: (at) => settings.mayBeDisturbed(at),
      publish(published: PresenceState) {
        clients.sendToAll({ type: 'presence_update', userId, state: published });
        void partners.tell();
        if (published === 'offline') partners.rest();
      },
    },
    { leavesAt: agenda.dueAt('departure'), quietUntil: agenda.dueAt('quiet') },
  );
  const partners = new Partners({
    clock,
    userId,
    ids: () =>
      entries
        .list()
        .flatMap((entry) => partnerOf(entry) ?? [])
        .slice(0, PRESENCES_IN_LIST),
    inboxOf: (partnerId) => inboxOf(env, partnerId),
    state: () => presence.state(),
    isListening: hooks.isListening,
    heard(partnerId, known) {
      if (known !== undefined) {
        clients.sendToAll({ type: 'presence_update', userId: partnerId, state: known });
        return;
      }
      const direct = entries.list().find((entry) => partnerOf(entry) === partnerId);
      if (direct) updateEntry({ groupId: direct.group.id, presence: null });
    },
  });
  return {
    clients,
    entries,
    favourites,
    profile: new ProfileStore(sql),
    settings,
    allowances: new Allowances(new AllowanceStore(sql, clock), env),
    storage: new UserStorage(new StoredFiles(sql), storageLimit),
    notifications,
    notices,
    presence,
    partners,
    revoked,
    agenda,
    leaseMs,
    wishes,
    notifyRooms,
  };
}
