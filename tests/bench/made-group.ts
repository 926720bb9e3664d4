import type { Person } from '../support/person.ts';

/** How many people one request may add. */
const ADDED_AT_ONCE = 100;

/** A group and its owner. */
export interface MadeGroup {
  id: string;
  owner: Person;
}

/** Creates a group of any number of people, owned by the first. */
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
  return { id, owner };
}
