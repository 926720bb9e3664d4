import { act, render, renderHook, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { GROUP_MEMBERS, PAGE_MAX } from '../../../protocol/limits.ts';
import type { Group, Member, MemberRole } from '../../../protocol/models.ts';
import { GroupDetails } from '../../../web/features/groups/group-details.tsx';
import { MoreMembers } from '../../../web/features/groups/more-members.tsx';
import { pagedMembers, useAllMembers } from '../../../web/features/groups/use-all-members.ts';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { ADA, GROUP_ID, stateAt } from '../../support/group-events.ts';
import { nodeRoom, person } from '../../support/node-room.ts';

const LARGE: Group = { ...stateAt(1).group, memberCount: GROUP_MEMBERS };
const NOBODY: ReadonlyMap<string, Member> = new Map();

function member(name: string, role: MemberRole = 'member', rev = 1): Member {
  const user = name === 'Ada' ? ADA : person(name);
  return { userId: user.id, role, joinedAt: 1, rev, user };
}
const byId = (...members: Member[]) => new Map(members.map((it) => [it.userId, it]));
const names = (members: readonly Member[]) => members.map(({ user }) => user.name);

/** The queries of the requests for members, oldest first. */
let asked: URLSearchParams[];
/** Answers them; throws what a fetch throws without a network. */
let answerOf: (query: URLSearchParams) => unknown;

clearPageAfterEach();
beforeEach(() => {
  asked = [];
  answerOf = () => ({ items: [] });
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname, searchParams } = new URL(path, 'http://edgewise');
    if (pathname !== `/api/groups/${GROUP_ID}/members`) return Response.json({ items: [] });
    asked.push(searchParams);
    const answer = answerOf(searchParams);
    return answer instanceof Response ? answer : Response.json(answer);
  });
});

/** Answers with the members of a real Room of the rules, as the Worker would. */
function answerFromRoom(others: string[]) {
  const room = nodeRoom(others);
  answerOf = (query) => {
    const cursor = query.get('cursor');
    const { items, next } = room.store.members.list.page({
      query: query.get('query') ?? '',
      limit: 2,
      after: cursor === null ? undefined : JSON.parse(cursor),
    });
    return { items, ...(next && { next: JSON.stringify(next) }) };
  };
  return room;
}

const show = (query = '', live = NOBODY) =>
  renderHook(({ query: text }) => useAllMembers(LARGE, live, text), {
    wrapper: AsAda,
    initialProps: { query },
  });

test('a large group is listed page by page, in the order of the server', async () => {
  answerFromRoom(['Bob', 'Carl', 'Dora', 'Emil']);
  const { result } = show();
  await eventually(() => expect(names(result.current.members)).toEqual(['Ada', 'Bob']));
  await act(() => result.current.pages?.fetchMore());
  await act(() => result.current.pages?.fetchMore());
  const everyone = ['Ada', 'Bob', 'Carl', 'Dora', 'Emil'];
  await eventually(() => expect(names(result.current.members)).toEqual(everyone));
  expect(result.current.pages?.hasMore).toBe(false);
  expect(asked.map((query) => [query.get('query'), query.get('limit')])).toEqual(
    Array.from({ length: 3 }, () => ['', `${PAGE_MAX}`]),
  );
});

test('a search asks the server, and the owners stay known meanwhile', async () => {
  answerFromRoom(['Bob', 'Carl', 'Bert', 'bee']);
  const { result, rerender } = show();
  await eventually(() => expect(names(result.current.owners ?? [])).toEqual(['Ada']));
  rerender({ query: 'b' });
  await eventually(() => expect(names(result.current.members)).toEqual(['bee', 'Bert']));
  expect(result.current.pages?.hasMore).toBe(true);
  expect(names(result.current.owners ?? [])).toEqual(['Ada']);
});

test('owners are not known while a page of nothing but owners may be followed by more', async () => {
  const room = answerFromRoom(['Bob', 'Carl']);
  room.membership.setRole(ADA.id, person('Carl').id, 'owner');
  const { result } = show();
  await eventually(() => expect(names(result.current.members)).toEqual(['Ada', 'Carl']));
  expect(result.current.owners).toBeUndefined();
  await act(() => result.current.pages?.fetchMore());
  await eventually(() => expect(names(result.current.owners ?? [])).toEqual(['Ada', 'Carl']));
});

test('what happens meanwhile is seen in the pages that are loaded', () => {
  const listed = [member('Ada', 'owner'), member('Bob'), member('Dora')];
  const live = byId(
    // Newer, older, new on this page, and behind it.
    { ...member('Bob', 'admin', 9), user: { ...person('Bob'), name: 'Robert' } },
    { ...member('Dora', 'admin', 0) },
    member('Carl', 'member', 8),
    member('Zoe', 'member', 8),
  );
  expect(names(pagedMembers(listed, live, { hasMore: true, query: '' }))).toEqual([
    ...['Ada', 'Robert', 'Carl', 'Dora'],
  ]);
  expect(names(pagedMembers(listed, live, { hasMore: false, query: '' }))).toEqual([
    ...['Ada', 'Robert', 'Carl', 'Dora', 'Zoe'],
  ]);
  expect(names(pagedMembers(listed, live, { hasMore: false, query: 'RÓ' }))).toEqual(['Robert']);
});

test('a small group asks for nothing', async () => {
  const live = byId(member('Ada', 'owner'), member('grace'));
  const group = { ...LARGE, memberCount: 2 };
  const { result } = renderHook(() => useAllMembers(group, live, ''), { wrapper: AsAda });
  expect(names(result.current.members)).toEqual(['Ada', 'grace']);
  expect(names(result.current.owners ?? [])).toEqual(['Ada']);
  expect(result.current.pages).toBeUndefined();
  expect(asked).toEqual([]);
});

test('the end of the list fetches the next page when it appears; after a failure, its button does', async () => {
  const fetchMore = vi.fn(async () => undefined);
  const pages = {
    ...{ data: [], isPending: false, hasMore: true, isFetchingMore: false, fetchMore },
    failure: undefined,
  };
  const { rerender } = render(<MoreMembers pages={pages} />);
  expect(fetchMore).toHaveBeenCalledTimes(1);
  const failure = { code: 'unavailable', detail: 'Try again.' } as const;
  rerender(<MoreMembers pages={{ ...pages, failure }} />);
  expect(screen.getByText('Try again.')).toBeDefined();
  expect(fetchMore).toHaveBeenCalledTimes(1);
  screen.getByRole('button', { name: 'Show more' }).click();
  expect(fetchMore).toHaveBeenCalledTimes(2);
});

test('owners that no page lists are not known, nor in a small group whose members are not all here', async () => {
  answerOf = () => Response.json({ code: 'forbidden', detail: 'No.' }, { status: 403 });
  const { result } = show('', byId(member('Ada', 'owner')));
  await eventually(() => expect(result.current.pages?.failure).toBeDefined());
  expect(names(result.current.members)).toEqual(['Ada']);
  expect(result.current.owners).toBeUndefined();
  const group = { ...LARGE, memberCount: 2 };
  const small = renderHook(() => useAllMembers(group, byId(member('Ada', 'owner')), ''), {
    wrapper: AsAda,
  });
  expect(small.result.current.owners).toBeUndefined();
});

test('the details of a large group have a field that searches members, those of a small one have none', async () => {
  const details = (group: Group) => (
    <AsAda>
      <GroupDetails
        client={{ watchPresence: () => undefined }}
        group={group}
        invite={null}
        me={{ userId: ADA.id, role: 'member' }}
        members={byId(member('Ada', 'owner'))}
        name="Engines"
        onClose={() => undefined}
        onFiles={() => undefined}
        onLeft={() => undefined}
        presence={new Map()}
        presentCount={undefined}
      />
    </AsAda>
  );
  const { rerender } = render(details({ ...LARGE, memberCount: 1 }));
  expect(screen.queryByLabelText('Search members')).toBeNull();
  rerender(details(LARGE));
  await userEvent.type(screen.getByLabelText('Search members'), 'Zz');
  await screen.findByText(/Nobody’s name begins/);
  expect(asked.at(-1)?.get('query')).toBe('Zz');
});
