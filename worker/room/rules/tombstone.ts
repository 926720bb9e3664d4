import type { Message } from '../../../protocol/models.ts';
import type { Publish, Writer } from './writer.ts';

/** Erases an undeleted message within a commit: only its place in the group stays. Its files are no longer shown. */
export function leaveTombstone(
  { store, effects }: Writer,
  message: Message,
  publish: Publish,
): void {
  const { messages } = store;
  const { id, seq, parentId } = message;
  const rev = store.nextRev();
  const deletedAt = effects.clock();
  messages.erase(seq, rev, deletedAt);
  const root = parentId === undefined ? undefined : messages.plainById(parentId);
  if (root) messages.threads.recount(root.seq, rev);
  const parent = root && messages.threads.find(root.seq);
  publish({
    type: 'message_delete',
    rev,
    id,
    seq,
    deletedAt,
    ...(parentId !== undefined && { parentId }),
    ...(parent && { parent }),
  });
}
