import { expect } from 'vitest';
import type { Message } from '../../protocol/models.ts';
import { MessagePage } from '../../protocol/rest.ts';
import type { ModelClient } from './model-client.ts';
import type { Person } from './person.ts';

/**
 * All messages of a group over REST, the timeline and the threads of these roots, by id. The askers take turns, because
 * each has a rate limit. Throws if a message occurs twice.
 */
export async function messagesByRest(
  askers: readonly Person[],
  groupId: string,
  rootIds: readonly string[] = [],
): Promise<Map<string, Message>> {
  let asked = 0;
  const pages = async (place: string) => {
    const found: Message[] = [];
    for (let after = 0; ; ) {
      const query = `groupId=${groupId}&limit=100&after=${after}${place}`;
      const answer = await askers[asked++ % askers.length]?.api('GET', `/api/messages?${query}`);
      const page = answer?.as(MessagePage);
      found.push(...(page?.messages ?? []));
      after = found.at(-1)?.seq ?? 0;
      if (!page?.hasAfter) return found;
    }
  };
  const timeline = await pages('');
  expect(new Set(timeline.map(({ id }) => id)).size).toBe(timeline.length);
  const threads = [];
  for (const id of rootIds) threads.push(...(await pages(`&parentId=${id}`)));
  return new Map([...timeline, ...threads].map((row) => [row.id, row]));
}

/** Expects a client's rows to equal the server's, and the timeline to be complete from its floor on. */
export function expectSameRows(
  { name, replica }: ModelClient,
  truth: ReadonlyMap<string, Message>,
): void {
  for (const [id, row] of replica.rows) {
    expect({ name, row }).toEqual({ name, row: truth.get(id) });
  }
  for (const { id, seq, parentId, alsoToGroup } of truth.values()) {
    const isInTimeline = parentId === undefined || alsoToGroup === true;
    if (!isInTimeline || seq < replica.floor || replica.rows.has(id)) continue;
    throw new Error(`${name} lacks ${id} at ${seq}`);
  }
}
