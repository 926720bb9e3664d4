/** The one place where query keys are made. All begin with the user, so that nobody sees what another person loaded. */
export const keys = {
  all: (userId: string) => ['user', userId] as const,
  me: (userId: string) => [...keys.all(userId), 'me'] as const,
  users: (userId: string, query: string) => [...keys.all(userId), 'users', query] as const,
  groups: (userId: string) => [...keys.all(userId), 'groups'] as const,
  myGroups: (userId: string) => [...keys.groups(userId), 'mine'] as const,
  publicGroups: (userId: string, query: string) =>
    [...keys.groups(userId), 'public', query] as const,
  group: (userId: string, groupId: string) => [...keys.groups(userId), 'one', groupId] as const,
  members: (userId: string, groupId: string) =>
    [...keys.group(userId, groupId), 'members'] as const,
  threads: (userId: string, groupId: string) =>
    [...keys.group(userId, groupId), 'threads'] as const,
  unreadThreads: (userId: string, groupId: string) =>
    [...keys.threads(userId, groupId), 'unread'] as const,
  pins: (userId: string, groupId: string) => [...keys.group(userId, groupId), 'pins'] as const,
};
