import { v7 as uuidv7 } from 'uuid';
import { expect } from 'vitest';
import type { FrameOf } from '../../protocol/client-frames.ts';
import type { Message } from '../../protocol/models.ts';
import type { DurableEvent, ServerEvent, ThreadStateEvent } from '../../protocol/server-events.ts';
import type { Person } from './person.ts';
import type { TestSocket } from './test-socket.ts';

/** A group of two people, each with a socket that has received the group's state. */
export interface ConnectedGroup {
  groupId: string;
  /** Of the owner. */
  adaSocket: TestSocket;
  /** Of the other member. */
  graceSocket: TestSocket;
  /** The first event on the owner's socket. */
  state: ThreadStateEvent;
}

/** Creates a public group of the owner `ada` and the member `grace`, and connects a socket of each. */
export async function connectedGroup(ada: Person, grace: Person): Promise<ConnectedGroup> {
  const group = await ada.createGroup();
  await grace.join(group.id);
  const adaSocket = await ada.connect(group.id);
  const state = await adaSocket.next('thread_state');
  const graceSocket = await grace.connect(group.id);
  await graceSocket.next('thread_state');
  return { groupId: group.id, adaSocket, graceSocket, state };
}

/** Makes a user a member and connects a socket of theirs, which has received the group's state. */
export async function connectNewMember(person: Person, groupId: string): Promise<TestSocket> {
  await person.join(groupId);
  const socket = await person.connect(groupId);
  await socket.next('thread_state');
  return socket;
}

/** A frame that sends a message. */
export function messageFrame(
  content: string,
  more: Partial<
    Pick<FrameOf<'message'>, 'id' | 'parentId' | 'alsoToGroup' | 'attachments' | 'ref'>
  > = {},
): FrameOf<'message'> {
  return { type: 'message', id: uuidv7(), content, ...more };
}

/** Sends a message and waits until the sender's own socket receives it. */
export async function say(
  socket: TestSocket,
  content: string,
  more: Parameters<typeof messageFrame>[1] = {},
): Promise<Message> {
  const frame = messageFrame(content, more);
  socket.send(frame);
  return (await socket.next('message', ({ message }) => message.id === frame.id)).message;
}

/** Sends a frame that the schema refuses, and expects the error that names its `ref` and the wrong field. */
export async function expectInvalid(
  socket: TestSocket,
  frame: object,
  field: string,
): Promise<void> {
  socket.sendText(JSON.stringify({ ...frame, ref: 'r' }));
  expect(await socket.next('error')).toMatchObject({
    code: 'invalid',
    ref: 'r',
    message: expect.stringContaining(field),
  });
}

/** The durable events with a higher rev than `rev` that a socket received, in order. */
export function changesAfter(socket: TestSocket, rev: number): DurableEvent[] {
  return socket.events.filter(isDurable).filter((event) => event.rev > rev);
}

function isDurable(event: ServerEvent): event is DurableEvent {
  return 'rev' in event && event.type !== 'thread_state';
}
