/** The one place where query keys are made. A key that begins with another (`group`, `members`) is renewed and dropped with it. */
export const keys = {
  me: () => ['me'],
  settings: () => ['settings'],
  presence: () => ['presence'],
  users: (query: string) => ['users', query],
  groups: () => ['groups'],
  myGroups: () => [...keys.groups(), 'mine'],
  publicGroups: (query: string) => [...keys.groups(), 'public', query],
  group: (groupId: string) => [...keys.groups(), 'one', groupId],
  members: (groupId: string) => [...keys.group(groupId), 'members'],
  invites: (groupId: string) => [...keys.group(groupId), 'invites'],
  threads: (groupId: string) => [...keys.group(groupId), 'threads'],
  unreadThreads: (groupId: string) => [...keys.threads(groupId), 'unread'],
  message: (groupId: string, id: string) => [...keys.group(groupId), 'message', id],
  pins: (groupId: string) => [...keys.group(groupId), 'pins'],
};
