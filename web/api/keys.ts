import { firstKeys } from './first-keys.ts';

/**
 * All query keys; those of the first load are made in `first-keys.ts`. A key that begins with another (`group`, `members`) is
 * renewed and dropped with it.
 */
export const keys = {
  ...firstKeys,
  settings: () => ['settings'],
  presence: () => ['presence'],
  user: (userId: string) => ['user', userId],
  sharedGroups: (userId: string) => [...keys.user(userId), 'groups'],
  users: (query: string) => ['users', query],
  people: (query: string) => ['people', query],
  publicGroups: (query: string) => [...keys.groups(), 'public', query],
  allThreads: () => ['threads'],
  group: (groupId: string) => [...keys.groups(), 'one', groupId],
  members: (groupId: string, ...query: string[]) => [...keys.group(groupId), 'members', ...query],
  invites: (groupId: string) => [...keys.group(groupId), 'invites'],
  threads: (groupId: string) => [...keys.group(groupId), 'threads'],
  thread: (groupId: string, id: string) => [...keys.threads(groupId), 'one', id],
  unreadThreads: (groupId: string) => [...keys.threads(groupId), 'unread'],
  message: (groupId: string, id: string) => [...keys.group(groupId), 'message', id],
  storage: () => ['storage'],
  files: (groupId: string, filter: unknown) => [...keys.group(groupId), 'files', filter],
  pins: (groupId: string) => [...keys.group(groupId), 'pins'],
};
