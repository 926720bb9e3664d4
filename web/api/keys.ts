/**
 * The one place where the names of questions are made. All begin with the user, so that nobody sees what another person
 * loaded; what lies below another (`a/b` below `a`) is renewed and dropped with it.
 */
export const keys = {
  all: (userId: string) => `user/${userId}`,
  me: (userId: string) => `${keys.all(userId)}/me`,
  users: (userId: string, query: string) => `${keys.all(userId)}/users/${query}`,
  groups: (userId: string) => `${keys.all(userId)}/groups`,
  myGroups: (userId: string) => `${keys.groups(userId)}/mine`,
  publicGroups: (userId: string, query: string) => `${keys.groups(userId)}/public/${query}`,
  group: (userId: string, groupId: string) => `${keys.groups(userId)}/one/${groupId}`,
  members: (userId: string, groupId: string) => `${keys.group(userId, groupId)}/members`,
  threads: (userId: string, groupId: string) => `${keys.group(userId, groupId)}/threads`,
  unreadThreads: (userId: string, groupId: string) => `${keys.threads(userId, groupId)}/unread`,
  pins: (userId: string, groupId: string) => `${keys.group(userId, groupId)}/pins`,
};
