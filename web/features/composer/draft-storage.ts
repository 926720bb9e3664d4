import * as z from 'zod/mini';
import { UserId } from '../../../protocol/ids.ts';

/** All drafts of one user begin like this, so that signing out finds them; those of one group, like its name after it. */
const prefixOf = (userId: string): string => `edgewise.draft.${userId}.`;

/** What somebody has begun to write: the text as it stands in the field, and whom its `@names` mean. */
const StoredDraft = z.object({
  text: z.string(),
  named: z.array(z.object({ name: z.string(), userId: UserId })),
});
export type StoredDraft = z.infer<typeof StoredDraft>;

/** Where a draft belongs: the timeline of a group, or one of its threads. */
export function draftPlace(groupId: string, parentId: string | null): string {
  return parentId === null ? groupId : `${groupId}.${parentId}`;
}

/** The draft of a place; an empty one for none, or where storage is refused (some private windows). */
export function readDraft(userId: string, place: string): StoredDraft {
  try {
    const stored = localStorage.getItem(prefixOf(userId) + place);
    if (stored !== null) return StoredDraft.parse(JSON.parse(stored));
  } catch (error) {
    console.warn('The draft could not be read:', error);
  }
  return { text: '', named: [] };
}

/** Keeps it; one without text is forgotten. A full or refused storage loses nothing that is still on the screen. */
export function writeDraft(userId: string, place: string, draft: StoredDraft): void {
  try {
    if (draft.text === '') localStorage.removeItem(prefixOf(userId) + place);
    else localStorage.setItem(prefixOf(userId) + place, JSON.stringify(draft));
  } catch (error) {
    console.warn('The draft could not be kept:', error);
  }
}

/** Signing out deletes what a person leaves on this machine; being removed from a group, what was begun in it. */
export function forgetDrafts(userId: string, groupId = ''): void {
  try {
    const prefix = prefixOf(userId) + groupId;
    const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
    for (const name of names) localStorage.removeItem(name);
  } catch (error) {
    console.warn('The drafts could not be deleted:', error);
  }
}
