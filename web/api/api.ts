import * as z from 'zod/mini';
import type { Result } from '../../protocol/errors.ts';
import { Group, type Member, Message, type Reaction, User } from '../../protocol/models.ts';
import {
  GroupList,
  type InboxEntry,
  InboxEntryList,
  MemberList,
  MessagePage,
  PinList,
  ReactionList,
  ThreadList,
  UserList,
} from '../../protocol/rest.ts';
import type { GroupChange, NewGroup, ProfileChange } from '../../protocol/rest-requests.ts';
import type { Caller } from './caller.ts';
import { request } from './request.ts';

type Token = Pick<Caller, 'getToken'>;

/** Our REST interface, one function a question. Each fails as `request` does; `signal` aborts. */
export const api = {
  me: (caller: Token, signal?: AbortSignal): Promise<Result<User>> =>
    request(caller, { path: '/api/users/me', answer: User, signal }),

  changeMe: (caller: Token, change: ProfileChange): Promise<Result<User>> =>
    request(caller, { method: 'PATCH', path: '/api/users/me', body: change, answer: User }),

  /** People whose name or handle begins like `query`. */
  users: (caller: Token, query: string, signal?: AbortSignal): Promise<Result<{ items: User[] }>> =>
    request(caller, {
      path: `/api/users?${new URLSearchParams({ query })}`,
      answer: UserList,
      signal,
    }),

  /** The people of these ids, at most 100. */
  usersOf: (caller: Token, ids: readonly string[]): Promise<Result<{ items: User[] }>> =>
    request(caller, {
      path: `/api/users?${new URLSearchParams({ ids: ids.join(',') })}`,
      answer: UserList,
    }),

  myGroups: (caller: Token, signal?: AbortSignal): Promise<Result<{ items: InboxEntry[] }>> =>
    request(caller, { path: '/api/groups', answer: InboxEntryList, signal }),

  /** One page of the groups that anybody may join; `cursor` is the `next` of the page before. */
  publicGroups: (
    caller: Token,
    query: string,
    cursor: string | undefined,
    signal?: AbortSignal,
  ): Promise<Result<z.infer<typeof GroupList>>> =>
    request(caller, {
      path: `/api/groups/public?${new URLSearchParams({ query, ...(cursor && { cursor }) })}`,
      answer: GroupList,
      signal,
    }),

  group: (caller: Token, groupId: string, signal?: AbortSignal): Promise<Result<Group>> =>
    request(caller, { path: `/api/groups/${groupId}`, answer: Group, signal }),

  /** The same `key` again makes no second group. */
  createGroup: (caller: Token, group: NewGroup, key: string): Promise<Result<Group>> =>
    request(caller, {
      method: 'POST',
      path: '/api/groups',
      body: group,
      idempotencyKey: key,
      answer: Group,
    }),

  changeGroup: (caller: Token, groupId: string, change: GroupChange): Promise<Result<Group>> =>
    request(caller, {
      method: 'PATCH',
      path: `/api/groups/${groupId}`,
      body: change,
      answer: Group,
    }),

  /** Joining twice is joining once. */
  joinGroup: (caller: Token, groupId: string): Promise<Result<Group>> =>
    request(caller, {
      method: 'POST',
      path: `/api/groups/${groupId}/join`,
      isRepeatable: true,
      answer: Group,
    }),

  /** A person who has left already is answered as if they left now. */
  leaveGroup: (caller: Token, groupId: string): Promise<Result<null>> =>
    request(caller, {
      method: 'POST',
      path: `/api/groups/${groupId}/leave`,
      isRepeatable: true,
      answer: z.null(),
    }),

  members: (
    caller: Token,
    groupId: string,
    signal?: AbortSignal,
  ): Promise<Result<{ items: Member[] }>> =>
    request(caller, {
      path: `/api/groups/${groupId}/members`,
      answer: MemberList,
      signal,
    }),

  /** One page of the threads of a group that I follow, unread ones first; `cursor` is the `next` of the page before. */
  threads: (
    caller: Token,
    groupId: string,
    cursor: string | undefined,
    signal?: AbortSignal,
  ): Promise<Result<z.infer<typeof ThreadList>>> =>
    request(caller, {
      path: `/api/threads?${new URLSearchParams({ groupId, ...(cursor && { cursor }) })}`,
      answer: ThreadList,
      signal,
    }),

  /** What is pinned in a group, the latest pin first, and the people whom it names. */
  pins: (
    caller: Token,
    groupId: string,
    signal?: AbortSignal,
  ): Promise<Result<z.infer<typeof PinList>>> =>
    request(caller, { path: `/api/groups/${groupId}/pins`, answer: PinList, signal }),

  /** Everyone who reacted to a message, by emoji. */
  reactions: (caller: Token, groupId: string, id: string): Promise<Result<{ items: Reaction[] }>> =>
    request(caller, { path: messagePath(groupId, id, '/reactions'), answer: ReactionList }),

  /** A page of the timeline, or of a thread. */
  messages: (
    caller: Token,
    groupId: string,
    { parentId, before, after, around, limit }: MessagePageAsked,
  ): Promise<Result<MessagePage>> =>
    request(caller, {
      path: `/api/messages?${new URLSearchParams({
        groupId,
        ...(parentId !== undefined && { parentId }),
        ...(before !== undefined && { before: String(before) }),
        ...(after !== undefined && { after: String(after) }),
        ...(around !== undefined && { around: String(around) }),
        ...(limit !== undefined && { limit: String(limit) }),
      })}`,
      answer: MessagePage,
    }),

  message: (caller: Token, groupId: string, id: string): Promise<Result<Message>> =>
    request(caller, { path: messagePath(groupId, id), answer: Message }),

  /** Pins a message for everyone, or takes the pin away; gives the message. */
  pin: (caller: Token, groupId: string, id: string, pinned: boolean): Promise<Result<Message>> =>
    request(caller, {
      method: pinned ? 'PUT' : 'DELETE',
      path: messagePath(groupId, id, '/pin'),
      answer: Message,
    }),
};

/** Which page: at most one of `before`, `after` (seqs) and `around` (a seq or a message's id); the newest without. */
export interface MessagePageAsked {
  parentId?: string | undefined;
  before?: number;
  after?: number;
  around?: string | number;
  limit?: number;
}

function messagePath(groupId: string, id: string, below = ''): string {
  return `/api/messages/${id}${below}?${new URLSearchParams({ groupId })}`;
}
