import type { Context } from 'hono';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { groupIdOfFile } from '../../../protocol/file-id.ts';
import { GroupId, MessageId, UserId } from '../../../protocol/ids.ts';
import { MessageQuery } from '../../../protocol/rest-requests.ts';
import { roomOf } from '../../room/room-of.ts';
import type { RoomRpc } from '../../room/room-rpc.ts';
import type { AppEnv } from './app-env.ts';
import { readQuery } from './read-query.ts';

/**
 * Returns the Room of the group in the path. An id that is not a UUIDv7 is `not_found`, so that a made-up id creates no
 * Durable Object.
 */
export function roomInPath(c: Context<AppEnv, '/api/groups/:id/*'>): Result<RoomRpc> {
  const id = GroupId.safeParse(c.req.param('id'));
  return id.success ? ok(roomOf(c.env, id.data)) : fail('not_found', 'There is no such group.');
}

/** The member that a request is about: their id, and the Room of the group. */
export interface MemberInPath {
  room: RoomRpc;
  userId: string;
}

/** Returns the member in the path. A malformed user id is `not_found`. */
export function memberInPath(
  c: Context<AppEnv, '/api/groups/:id/members/:userId'>,
): Result<MemberInPath> {
  const room = roomInPath(c);
  if (!room.ok) return room;
  const userId = UserId.safeParse(c.req.param('userId'));
  if (!userId.success) return fail('not_found', 'There is no such member in this group.');
  return ok({ room: room.value, userId: userId.data });
}

/** The message that a request is about: its id, and the Room of its group. */
export interface MessageInPath {
  room: RoomRpc;
  id: string;
}

/**
 * Returns the message in the path, in the group of the query's `groupId`. A missing or malformed `groupId` is
 * `invalid`, a message id that is not a UUIDv7 is `not_found`.
 */
export function messageInPath(c: Context<AppEnv, '/api/messages/:id/*'>): Result<MessageInPath> {
  const query = readQuery(c, MessageQuery);
  if (!query.ok) return query;
  const id = MessageId.safeParse(c.req.param('id'));
  if (!id.success) return fail('not_found', 'There is no such message.');
  return ok({ room: roomOf(c.env, query.value.groupId), id: id.data });
}

/** The file that a request is about: its id, and the Room of its group. */
export interface FileInPath {
  room: RoomRpc;
  id: string;
}

/** Returns the file in the path. A made-up id is `not_found`, and touches no Room. */
export function fileInPath(c: Context<AppEnv, '/api/files/:id'>): Result<FileInPath> {
  const id = c.req.param('id');
  const groupId = groupIdOfFile(id);
  if (groupId === undefined) return fail('not_found', 'There is no such file.');
  return ok({ room: roomOf(c.env, groupId), id });
}
