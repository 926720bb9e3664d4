import type { Person } from '../support/person.ts';
import { gatherPeople } from './gather-people.ts';

/** How many people one request may add. */
const ADDED_AT_ONCE = 100;

/** A group and its people, the first of whom owns it. */
export interface MadeGroup {
  id: string;
  owner: Person;
  people: readonly Person[];
}

/** Signs this many people in. */
export function gatherMany(url: string, count: number): Promise<Person[]> {
  return gatherPeople(
    url,
    Array.from({ length: count }, (_, at) => `Person ${at}`),
  );
}

/** Creates a group of these people, as many as they are. */
export async function makeGroup(people: readonly Person[]): Promise<MadeGroup> {
  const [owner, ...others] = people;
  if (!owner) throw new Error('no one signed in');
  const ids = others.map(({ userId }) => userId);
  const { id } = await owner.createGroup({ memberIds: ids.splice(0, ADDED_AT_ONCE - 1) });
  while (ids.length > 0) {
    const userIds = ids.splice(0, ADDED_AT_ONCE);
    const { status } = await owner.api('POST', `/api/groups/${id}/members`, { userIds });
    if (status >= 400) throw new Error(`people could not be added: ${status}`);
  }
  return { id, owner, people };
}
