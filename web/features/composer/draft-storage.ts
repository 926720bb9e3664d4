/** All drafts of one user begin like this, so that signing out finds them. */
const prefixOf = (userId: string): string => `edgewise.draft.${userId}.`;

/** The text a person has begun in a group; "" for none, or where storage is refused (some private windows). */
export function readDraft(userId: string, groupId: string): string {
  try {
    return localStorage.getItem(prefixOf(userId) + groupId) ?? '';
  } catch {
    return '';
  }
}

/** Keeps the text; "" forgets it. A full or refused storage loses nothing that is still on the screen. */
export function writeDraft(userId: string, groupId: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(prefixOf(userId) + groupId);
    else localStorage.setItem(prefixOf(userId) + groupId, text);
  } catch (error) {
    console.warn('The draft could not be kept:', error);
  }
}

/** Forgets what the user has begun in every group. */
export function eraseDrafts(userId: string): void {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(prefixOf(userId)));
    for (const name of names) localStorage.removeItem(name);
  } catch (error) {
    console.warn('The drafts could not be deleted:', error);
  }
}
