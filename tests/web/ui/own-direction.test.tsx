import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { expect, test } from 'vitest';
import type { Member, User } from '../../../protocol/models.ts';
import { keys } from '../../../web/api/keys.ts';
import { GroupAbout } from '../../../web/features/groups/group-about.tsx';
import { GroupHeader } from '../../../web/features/groups/group-header.tsx';
import { GroupLink } from '../../../web/features/groups/group-link.tsx';
import { GroupStart } from '../../../web/features/groups/group-start.tsx';
import { JoinPage } from '../../../web/features/groups/join-page.tsx';
import { MemberRow } from '../../../web/features/groups/member-row.tsx';
import { PeopleFound } from '../../../web/features/groups/people-found.tsx';
import { PeoplePicker } from '../../../web/features/groups/people-picker.tsx';
import { PublicGroup } from '../../../web/features/groups/public-group.tsx';
import { PersonButton } from '../../../web/features/people/person-button.tsx';
import { ADA_QUERIES, AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, stateAt } from '../../support/group-events.ts';

clearPageAfterEach();

/** Turns around everything after it that it is not isolated from. */
const TURNED = '\u202Edlrow';

const group = { ...stateAt(1).group, name: `${TURNED} group`, topic: `${TURNED} topic` };
const ada: User = {
  ...ADA,
  name: `${TURNED} Ada`,
  handle: 'ada',
  status: { emoji: '🌴', text: `${TURNED} away` },
};
const member: Member = { userId: ADA.id, role: 'owner', joinedAt: 1, rev: 1, user: ada };
const nothing = () => undefined;

const SHOWN: readonly [where: string, element: () => ReactElement, texts: number][] = [
  ['the list of groups', () => <GroupLink group={group} />, 1],
  [
    'the header of a group',
    () => (
      <GroupHeader
        group={group}
        members={new Map()}
        onDetails={nothing}
        onPins={nothing}
        open={undefined}
        threads={null}
      />
    ),
    2,
  ],
  ['the beginning of a group', () => <GroupStart group={group} />, 2],
  ['the details of a group', () => <GroupAbout group={group} />, 2],
  ['the list of public groups', () => <PublicGroup group={group} />, 2],
  ['the page to join a group', () => <JoinPage group={group} onJoined={nothing} />, 3],
  ['a member', () => <MemberRow isMe member={member} presence="online" />, 2],
  ['my own button', () => <PersonButton me={ada} />, 2],
  [
    'the people found',
    () => <PeopleFound active={0} id="found" onTake={nothing} people={[ada]} />,
    1,
  ],
  ['the people chosen', () => <PeoplePicker chosen={[ada]} onChange={nothing} />, 1],
];

test.each(SHOWN)('what people named is isolated in %s', (_, element, texts) => {
  ADA_QUERIES.setQueryData(keys.users(''), { items: [] });
  const { container } = render(<AsAda>{element()}</AsAda>);
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  let isolated = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.textContent?.includes(TURNED)) continue;
    expect(node.parentElement?.closest('bdi, [dir="auto"]'), node.textContent).not.toBeNull();
    isolated += 1;
  }
  expect(isolated).toBe(texts);
});
