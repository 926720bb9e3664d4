import { type DraftPlace, DraftRow, draftKey } from './cache/draft-row.ts';
import { watchErasing, withLocalDatabase } from './cache/local-database.ts';

export type { DraftPlace } from './cache/draft-row.ts';

/** A draft as it is stored: the text of the field, the users whom its `@names` mean, and its files. */
export type StoredDraft = Pick<DraftRow, 'text' | 'named' | 'files'>;

/** Reads a draft; undefined if there is none or IndexedDB is refused (in some private windows). */
export async function readDraft(place: DraftPlace): Promise<StoredDraft | undefined> {
  const stored = await withLocalDatabase((db) => db.get('drafts', draftKey(place)));
  return DraftRow.safeParse(stored).data;
}

/**
 * Stores a draft; an empty one is deleted. Never rejects. The transaction is committed in the same turn, because the
 * browser aborts what is uncommitted when the page is reloaded right after a key press.
 */
export async function writeDraft(place: DraftPlace, draft: StoredDraft): Promise<void> {
  const [userId, groupId, parentId] = draftKey(place);
  await withLocalDatabase(async (db) => {
    const transaction = db.transaction('drafts', 'readwrite');
    const { store } = transaction;
    const request =
      draft.text === '' && !draft.files?.length
        ? store.delete(draftKey(place))
        : store.put({ userId, groupId, parentId, ...draft });
    transaction.commit();
    await Promise.all([request, transaction.done]);
  });
}

/**
 * Calls back before the drafts of this group are deleted from this machine, so that an open one is not stored again.
 * Stops when the returned function is called.
 */
export function watchForgottenDrafts(
  { userId, groupId }: { userId: string; groupId: string },
  forgotten: () => void,
): () => void {
  return watchErasing((erased) => {
    const isThisGroup = erased.groupId === undefined || erased.groupId === groupId;
    if (erased.userId === userId && isThisGroup) forgotten();
  });
}
