import type { Context } from 'hono';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { GroupId } from '../../../protocol/ids.ts';
import { roomOf } from '../../room/room-of.ts';
import type { RoomRpc } from '../../room/room-rpc.ts';
import type { AppEnv } from './app-env.ts';

/** The Room of the group in the path. `not_found` for an id not of our form: no object comes into being for it. */
export function roomInPath(c: Context<AppEnv, '/api/groups/:id/*'>): Result<RoomRpc> {
  const id = GroupId.safeParse(c.req.param('id'));
  return id.success ? ok(roomOf(c.env, id.data)) : fail('not_found', 'There is no such group.');
}
