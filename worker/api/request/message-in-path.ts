import type { Context } from 'hono';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { MessageId } from '../../../protocol/ids.ts';
import { MessageQuery } from '../../../protocol/rest-requests.ts';
import { roomOf } from '../../room/room-of.ts';
import type { RoomRpc } from '../../room/room-rpc.ts';
import type { AppEnv } from './app-env.ts';
import { readQuery } from './read-query.ts';

/** A message that a request is about: its id, and the Room that would have it. */
export interface MessageInPath {
  room: RoomRpc;
  id: string;
}

/**
 * The message that a path and its `groupId` name. `invalid` without a group, `not_found` for an id not of our form: no
 * object comes into being for it.
 */
export function messageInPath(c: Context<AppEnv, '/api/messages/:id/*'>): Result<MessageInPath> {
  const query = readQuery(c, MessageQuery);
  if (!query.ok) return query;
  const id = MessageId.safeParse(c.req.param('id'));
  if (!id.success) return fail('not_found', 'There is no such message.');
  return ok({ room: roomOf(c.env, query.value.groupId), id: id.data });
}
