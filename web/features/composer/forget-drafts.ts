import { openDrafts } from './draft.ts';
import { eraseDrafts } from './draft-storage.ts';

/** Deletes a person's drafts on this machine for good, when they sign out: those on the screen too, which are saved as the page goes. */
export function forgetDrafts(userId: string): void {
  for (const draft of openDrafts) draft.forget();
  eraseDrafts(userId);
}
