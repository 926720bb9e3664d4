import { useMemo } from 'react';
import type { StoredDraft } from '../../realtime/drafts.ts';
import { Draft } from './draft.ts';
import { useKept } from './use-draft.ts';

/** The draft of an edited message, by its id; `first` is the text at the beginning of the edit. Stored like `useDraft`. */
export function useEditDraft(
  place: { userId: string; groupId: string },
  edits: string,
  first: StoredDraft,
): Draft {
  const { userId, groupId } = place;
  const draft = useMemo(
    () => new Draft({ userId, groupId, edits }, first),
    [userId, groupId, edits, first],
  );
  useKept(draft, userId, groupId);
  return draft;
}
