import { ok, type Result } from '../../protocol/errors.ts';
import { inChunks } from '../in-chunks.ts';
import { within } from '../within.ts';

const ROOM_ANSWERS_WITHIN_MS = 5_000;

/** What the Rooms answered, and the groups whose Rooms did not. */
export interface AskedRooms<T> {
  answers: T[];
  failed: string[];
}

/**
 * Asks the Rooms of several groups the same. A group that the user is not in is left out: there is nothing of it to fail.
 * Fails with `unauthenticated` if the session was ended.
 */
export async function askRooms<G extends { groupId: string }, T>(
  groups: readonly G[],
  ask: (group: G) => Promise<Result<T>>,
): Promise<Result<AskedRooms<T>>> {
  const asked: AskedRooms<T> = { answers: [], failed: [] };
  const results = await inChunks(groups, async (group) => {
    try {
      return await within(ROOM_ANSWERS_WITHIN_MS, ask(group));
    } catch (error) {
      const { groupId } = group;
      console.warn(JSON.stringify({ event: 'ask_failed', groupId, error: String(error) }));
      return undefined;
    }
  });
  for (const [at, { groupId }] of groups.entries()) {
    const result = results[at];
    if (result?.ok) asked.answers.push(result.value);
    else if (result?.failure.code === 'unauthenticated') return result;
    else if (result === undefined || result.failure.code === 'unavailable')
      asked.failed.push(groupId);
  }
  return ok(asked);
}
