/** The query keys of what a page asks for at once. It waits for no code that makes others (`keys.ts`). */
export const firstKeys = {
  me: () => ['me'],
  groups: () => ['groups'],
  myGroups: () => [...firstKeys.groups(), 'mine'],
};
