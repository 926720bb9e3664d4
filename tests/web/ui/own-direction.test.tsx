import { fireEvent, render, screen } from '@testing-library/react';
import { createRef, type ReactElement } from 'react';
import { expect, test, vi } from 'vitest';
import type { Member, Message, User } from '../../../protocol/models.ts';
import { keys } from '../../../web/api/keys.ts';
import {
  type CompletionKeys,
  CompletionList,
} from '../../../web/features/composer/completion-list.tsx';
import { TypingNames } from '../../../web/features/composer/typing-names.tsx';
import { ConversationContext } from '../../../web/features/conversation/conversation-context.ts';
import { MessageRow } from '../../../web/features/conversation/message/message-row.tsx';
import { ReadBy } from '../../../web/features/conversation/message/read-by.tsx';
import { SystemRow } from '../../../web/features/conversation/message/system-row.tsx';
import { PeopleContext } from '../../../web/features/conversation/people-context.ts';
import { ReactedList } from '../../../web/features/conversation/reactions/reacted-list.tsx';
import { whoReacted } from '../../../web/features/conversation/reactions/reactions.tsx';
import { WhoReacted } from '../../../web/features/conversation/reactions/who-reacted.tsx';
import { DeleteGroupDialog } from '../../../web/features/groups/delete-group-dialog.tsx';
import { GroupAbout } from '../../../web/features/groups/group-about.tsx';
import { GroupHeader } from '../../../web/features/groups/group-header.tsx';
import { GroupLink } from '../../../web/features/groups/group-link.tsx';
import { GroupStart } from '../../../web/features/groups/group-start.tsx';
import { JoinPage } from '../../../web/features/groups/join-page.tsx';
import { LeaveGroup } from '../../../web/features/groups/leave-group.tsx';
import { MemberMenu } from '../../../web/features/groups/member-menu.tsx';
import { MemberRow } from '../../../web/features/groups/member-row.tsx';
import { PeopleFound } from '../../../web/features/groups/people-found.tsx';
import { PeoplePicker } from '../../../web/features/groups/people-picker.tsx';
import { PublicGroup } from '../../../web/features/groups/public-group.tsx';
import { PersonButton } from '../../../web/features/people/person-button.tsx';
import { PinnedMessage } from '../../../web/features/pins/pinned-message.tsx';
import { AlsoToGroup } from '../../../web/features/threads/also-to-group.tsx';
import { FollowedThreadRow } from '../../../web/features/threads/followed-thread-row.tsx';
import { UnderRoot } from '../../../web/features/threads/under-root.tsx';
import {
  ADA_QUERIES,
  AsAda,
  adaConversation,
  clearPageAfterEach,
  NOBODY_ELSE,
} from '../../support/ada-page.tsx';
import { ADA, messageAt, stateAt } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

clearPageAfterEach();

/** Turns around everything after it that it is not isolated from. */
const TURNED = '\u202Edlrow';
/** A text that isolates it by itself, with characters. */
const ISOLATES = /\u2068[^\u2069]*\u202Edlrow[^\u2069]*\u2069/g;

const group = { ...stateAt(1).group, name: `${TURNED} group`, topic: `${TURNED} topic` };
const ada: User = {
  ...ADA,
  name: `${TURNED} Ada`,
  handle: 'ada',
  status: { emoji: '🌴', text: `${TURNED} away` },
};
const member: Member = { userId: ADA.id, role: 'owner', joinedAt: 1, rev: 1, user: ada };
const nothing = () => undefined;
const direct = entryOf({ people: [ada] }, { ...group, kind: 'direct', name: '' });
const root = messageAt(1, { userId: ADA.id, content: `${TURNED} root` });
const reply = messageAt(2, { userId: ADA.id, parentId: root.id, alsoToGroup: true });
const rowOf = (message: Message, held?: Message) => ({
  state: 'sent' as const,
  key: message.id,
  message,
  author: ada,
  ...(held && { root: held }),
});

/** An element in a conversation. */
function inGroup(element: ReactElement) {
  return (
    <PeopleContext value={{ me: 'me', userOf: () => ada }}>
      <ConversationContext value={adaConversation({ me: 'me' })}>{element}</ConversationContext>
    </PeopleContext>
  );
}

function messageRow(message: Message, held?: Message) {
  return inGroup(
    <MessageRow
      hasHeader
      isActive={false}
      isEditing={false}
      isFlashed={false}
      isTouched={false}
      onEdited={nothing}
      row={rowOf(message, held)}
      run={nothing}
      setOverlay={nothing}
      toolbar={undefined}
    />,
  );
}

const renamed = { kind: 'renamed', text: `${TURNED} group` };
const reaction = { emoji: '🎉', count: 1, userIds: [ADA.id] };

const SHOWN: readonly [
  where: string,
  element: () => ReactElement,
  texts: number,
  /** Opens the part that shows them. */
  open?: () => Promise<void>,
][] = [
  [
    'the list of groups',
    () => <GroupLink listed={{ ...entryOf({}, group), isMuted: false }} now={0} />,
    1,
  ],
  [
    'the header of a group',
    () => (
      <GroupHeader
        isGroupShown
        group={group}
        members={new Map()}
        name={group.name}
        onDetails={nothing}
        onPins={nothing}
        open={undefined}
        other={undefined}
        presence={undefined}
        presentCount={undefined}
        threads={null}
      />
    ),
    2,
  ],
  [
    'the beginning of a group',
    () => <GroupStart group={group} isGroupShown name={group.name} />,
    2,
  ],
  ['the details of a group', () => <GroupAbout group={group} />, 2],
  [
    'the list of direct groups',
    () => <GroupLink listed={{ ...direct, isMuted: false }} now={0} />,
    1,
  ],
  ['the list of public groups', () => <PublicGroup group={group} />, 2],
  ['the page to join a group', () => <JoinPage group={group} onJoined={nothing} />, 3],
  [
    'a member',
    () => (
      <MemberRow
        group={group}
        me={{ userId: member.userId, role: 'member' }}
        member={member}
        presence="online"
      />
    ),
    2,
  ],
  ['my own button', () => <PersonButton me={ada} />, 2],
  [
    'the people found',
    () => <PeopleFound active={0} id="found" onTake={nothing} people={[ada]} />,
    1,
  ],
  ['the people chosen', () => <PeoplePicker label="Names" chosen={[ada]} onChange={nothing} />, 1],
  ['a message and its author', () => messageRow(root), 3],
  [
    'a message that mentions and was pinned by them',
    () => messageRow(messageAt(1, { content: `hi <@${ADA.id}>`, pinnedAt: 1, pinnedBy: ADA.id })),
    4,
  ],
  ['a reply that the group shows, too', () => messageRow(reply, root), 3],
  [
    'a system line',
    () => <SystemRow people={ada.name} message={messageAt(1, { system: renamed })} />,
    2,
  ],
  [
    'the readers of a message',
    () =>
      inGroup(<ReadBy button={{ current: null }} onClose={nothing} readBy={[{ userId: 'ada' }]} />),
    1,
  ],
  [
    'who reacted',
    () => <WhoReacted emoji="🎉" onClose={nothing} who={whoReacted(reaction, 'me', () => ada)} />,
    1,
  ],
  [
    'a thread of the list',
    () => (
      <FollowedThreadRow
        onOpen={nothing}
        thread={{ groupId: root.groupId, root, unread: 1, lastReplyAt: 1, replies: [] }}
        userOf={() => ada}
      />
    ),
    2,
  ],
  [
    'a pinned message',
    () => (
      <PinnedMessage
        author={ada}
        message={root}
        onJump={nothing}
        onUnpin={undefined}
        pinnedBy={ada}
      />
    ),
    3,
  ],
  ['who is typing', () => <TypingNames typing={[ada]} />, 1],
  [
    'the choice to send a reply to the group, too',
    () => <AlsoToGroup checked groupName={group.name} onChange={nothing} />,
    1,
  ],
  [
    'the dialog that deletes a group',
    () => <DeleteGroupDialog group={group} onClose={nothing} onDeleted={nothing} />,
    1,
  ],
  [
    'the list of those who reacted',
    () => inGroup(<ReactedList button={{ current: null }} onClose={nothing} reaction={reaction} />),
    1,
  ],
  [
    'the beginning of a root above its thread',
    () =>
      inGroup(
        <UnderRoot root={rowOf(root)}>
          <article data-message={reply.id} />
        </UnderRoot>,
      ),
    2,
  ],
  [
    'the completions of a name',
    () => (
      <CompletionList
        id="completions"
        onActive={nothing}
        onSettled={nothing}
        onTake={nothing}
        people={{ ...NOBODY_ELSE, me: 'user_me', others: [ada] }}
        query={{ kind: 'person', text: '', from: 0, to: 1 }}
        ref={createRef<CompletionKeys>()}
      />
    ),
    1,
  ],
  [
    'the question before a group is left',
    () => (
      <LeaveGroup
        group={group}
        me={{ userId: ADA.id, role: 'member' }}
        onLeft={nothing}
        owners={[member]}
      />
    ),
    1,
    async () => void fireEvent.click(screen.getByRole('button', { name: 'Leave group' })),
  ],
  [
    'the question before a member is removed',
    () => (
      <MemberMenu
        choices={{ roles: [], canRemove: true, canMessage: false }}
        groupId={group.id}
        isMe={false}
        member={member}
      />
    ),
    1,
    async () => {
      fireEvent.keyDown(screen.getByRole('button'), { key: 'Enter' });
      fireEvent.click(await screen.findByRole('menuitem', { name: 'Remove from group' }));
    },
  ],
];

test.each(SHOWN)('what people named is isolated in %s', async (_, element, texts, open) => {
  ADA_QUERIES.setQueryData(keys.users(''), { items: [] });
  // Overlays stand outside of the container.
  render(<AsAda>{element()}</AsAda>);
  await open?.();
  await vi.waitFor(() => expect(turned()).toHaveLength(texts));
  for (const node of turned()) {
    const isBare = node.textContent?.replaceAll(ISOLATES, '').includes(TURNED);
    const around = node.parentElement?.closest('bdi, [dir="auto"], p.whitespace-pre-wrap');
    expect(!isBare || around !== null, node.parentElement?.outerHTML).toBe(true);
  }
});

/** The texts on the page that hold what a person named. */
function turned(): Node[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes: Node[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.textContent?.includes(TURNED)) nodes.push(node);
  }
  return nodes;
}
