import { GroupId } from '../protocol/ids.ts';
import type { Env } from '../worker/env.ts';
import { problem } from '../worker/errors/problem.ts';
import { roomOf } from '../worker/room/room-of.ts';
import type { RowsWritten } from '../worker/rows-written.ts';

/** The address at which tests and benchmarks learn what a Room has written: `/__costs?groupId=`. */
export const COSTS_PATH = '/__costs';

/** What a Room has written since it woke, and when its alarm fires, ms UTC; null if nothing is to be done. */
export type RoomCosts = RowsWritten & { alarmAt: number | null };

/** Asks the Room of the group that the address names. */
export async function answerRoomCosts(request: Request, env: Env): Promise<Response> {
  const groupId = GroupId.safeParse(new URL(request.url).searchParams.get('groupId'));
  if (!groupId.success) return problem({ code: 'invalid', detail: 'Name a group: ?groupId=…' });
  return roomOf(env, groupId.data).fetch(request);
}
