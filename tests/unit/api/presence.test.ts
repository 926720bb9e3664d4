import { expect, test } from 'vitest';
import type { PresenceState, User } from '../../../protocol/models.ts';
import { keys } from '../../../web/api/keys.ts';
import { applyToPresence, forgetPresence } from '../../../web/api/presence.ts';
import { createQueryClient } from '../../../web/api/queries.ts';
import { ADA } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

const GRACE: User = { ...ADA, id: 'user_grace', name: 'Grace' };

/** The entry of a direct group of two. */
const direct = (presence?: PresenceState) =>
  entryOf({ people: [GRACE], ...(presence && { presence }) }, { id: 'direct', kind: 'direct' });

test('what is known of people follows my own socket, and ends with it', () => {
  const queries = createQueryClient();
  const known = () => queries.getQueryData(keys.presence());
  queries.setQueryData(keys.myGroups(), { items: [direct()] });

  const state = { type: 'inbox_state' as const, n: 1, user: ADA, groups: [direct('away')] };
  applyToPresence(queries, state);
  expect(known()).toEqual({ user_grace: 'away' });
  const update = {
    type: 'presence_update' as const,
    n: 2,
    userId: 'user_grace',
    state: 'dnd' as const,
  };
  applyToPresence(queries, update);
  expect(known()).toEqual({ user_grace: 'dnd' });
  // Of someone who fell behind the most recent ones nothing is known any more.
  const ended = { groupId: 'direct', presence: null };
  applyToPresence(queries, { type: 'inbox_update', n: 3, entry: ended });
  expect(known()).toEqual({});
  applyToPresence(queries, { ...update, n: 4 });
  // A new state says nothing of those whom it does not name.
  applyToPresence(queries, { ...state, n: 5, groups: [direct()] });
  expect(known()).toEqual({});
  applyToPresence(queries, update);
  forgetPresence(queries);
  expect(known()).toEqual({});
});
