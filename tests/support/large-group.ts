import { MEMBERS_IN_STATE } from '../../protocol/limits.ts';
import type { Edgewise } from './edgewise.ts';
import type { Person } from './person.ts';

/**
 * A public group of these people, the first its owner, with `memberCount` members: the others are rows without a user. By default
 * it is large.
 */
export async function largeGroup(
  edgewise: Edgewise,
  [owner, ...others]: readonly [Person, ...Person[]],
  memberCount = MEMBERS_IN_STATE + 50,
): Promise<string> {
  const { id } = await owner.createGroup();
  await Promise.all(others.map((person) => person.join(id)));
  const more = memberCount - others.length - 1;
  const rows = Array.from({ length: more }, (_, n) => ({
    id: `user_other${n}`,
    name: `Other ${n}`,
    handle: `other${n}`,
    imageUrl: '',
    role: 'member',
  }));
  await edgewise.roomSql(
    id,
    `INSERT INTO members (user_id, role, joined_at, rev, profile)
     SELECT value ->> 'id', 'member', 1, 1, value FROM json_each(?)`,
    JSON.stringify(rows),
  );
  await edgewise.roomSql(id, 'UPDATE group_state SET member_count = member_count + ?', more);
  await edgewise.evictRoom(id);
  return id;
}
