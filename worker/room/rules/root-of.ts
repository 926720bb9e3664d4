import { fail, ok, type Result } from '../../../protocol/errors.ts';
import type { Message } from '../../../protocol/models.ts';
import type { RoomStore } from '../rows/room-store.ts';

/** The root of the thread that an id names, without its reactions; `not_found` for a reply and for what is not here. */
export function rootOf(store: RoomStore, parentId: string): Result<Message> {
  const root = store.messages.plainById(parentId);
  if (root && root.parentId === undefined) return ok(root);
  return fail('not_found', 'There is no such thread in this group.');
}
