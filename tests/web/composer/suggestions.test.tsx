import { renderHook } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { User } from '../../../protocol/models.ts';
import { useSuggestions } from '../../../web/features/composer/use-suggestions.ts';
import type { WritingPeople } from '../../../web/features/composer/writing-people.ts';
import { AsAda, clearPageAfterEach, NOBODY_ELSE } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { ADA, GROUP_ID } from '../../support/group-events.ts';
import { person } from '../../support/node-room.ts';

clearPageAfterEach();

const GRACE = person('Grace');
const GRETA = person('Greta');
const ANN = { ...person('Ann'), name: 'Ann Gray' };

/** What the server knows: of everyone, those who fit; of the group's members, those whose name begins with the text. */
function serverKnows(everyone: readonly User[], members: readonly User[], next?: string): void {
  vi.stubGlobal('fetch', async (asked: string | URL | Request) => {
    const url = String(asked instanceof Request ? asked.url : asked);
    if (!url.includes('/members')) return Response.json({ items: everyone });
    const items = members.map((user) => {
      return { userId: user.id, role: 'member', joinedAt: 1, rev: 1, user };
    });
    return Response.json({ items, ...(next && { next }) });
  });
}

/** Who is suggested for "gr", and whether they are said to be members, once everything is fetched. */
async function suggested(
  people: Partial<WritingPeople>,
): Promise<(string | boolean | undefined)[]> {
  const known = { ...NOBODY_ELSE, ...people };
  const query = { kind: 'person' as const, text: 'gr', from: 0, to: 3 };
  const { result } = renderHook(() => useSuggestions(query, known), { wrapper: AsAda });
  await eventually(() => expect(result.current.isOpening).toBe(false));
  await eventually(() => expect(result.current.suggestions.length).toBeGreaterThan(1));
  return result.current.suggestions.flatMap((it) =>
    it.type === 'person' ? [it.user.name, it.isMember] : [],
  );
}

test('in a small group it is known who is no member', async () => {
  serverKnows([GRACE, GRETA], []);
  expect(await suggested({ others: [GRETA] })).toEqual(['Greta', true, 'Grace', false]);
});

test('in a large group its members are asked for, also those whom the page does not know', async () => {
  serverKnows([GRACE, GRETA, ANN], [GRACE]);
  expect(await suggested({ largeGroupId: GROUP_ID })).toEqual([
    ...['Grace', true],
    ...['Greta', false],
    // She was found by a later word of her name: the members were not asked for that.
    ...['Ann Gray', undefined],
  ]);
});

test('nobody is said to be no member while there are more members to fetch', async () => {
  serverKnows([GRACE, GRETA], [GRACE], 'more');
  expect(await suggested({ largeGroupId: GROUP_ID })).toEqual(['Grace', true, 'Greta', undefined]);
});

test('I am not suggested to myself', async () => {
  serverKnows([{ ...ADA, name: 'Grace Ada' }, GRACE, GRETA], []);
  expect(await suggested({})).toEqual(['Grace', false, 'Greta', false]);
});
