import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MessagePage } from '../../protocol/rest.ts';
import { type EdgewiseProcess, startEdgewiseProcess } from '../support/edgewise-process.ts';
import { type Person, signIn } from '../support/person.ts';
import type { TestSocket } from '../support/test-socket.ts';

const UNLIMITED = { LIMIT_FRAMES_BURST: '100000', LIMIT_FRAMES_PER_SECOND: '100000' };
const MESSAGES = 400;
/** The process dies when the sender has so many acknowledgements: in the middle of the load. */
const KILL_AFTER = 120;

let edgewise: EdgewiseProcess;

beforeAll(async () => {
  edgewise = await startEdgewiseProcess({ vars: UNLIMITED });
}, 120_000);
afterAll(() => edgewise.dispose());

function acknowledged(socket: TestSocket, userId: string) {
  return socket.events.flatMap((event) =>
    event.type === 'message' && event.message.userId === userId && !event.message.system
      ? [event.message]
      : [],
  );
}

async function history(person: Person, groupId: string) {
  const messages = [];
  for (let after = 0; ; ) {
    const answer = await person.api(
      'GET',
      `/api/messages?groupId=${groupId}&after=${after}&limit=100`,
    );
    const page = answer.as(MessagePage);
    messages.push(...page.messages);
    after = page.messages.at(-1)?.seq ?? after;
    if (!page.hasAfter) return messages;
  }
}

describe('a process that is killed while people talk', () => {
  it('has every acknowledged message when it runs again, none twice, and clients resume exactly', async () => {
    const ada = await signIn(edgewise.url, 'Ada');
    const grace = await signIn(edgewise.url, 'Grace');
    const group = await ada.createGroup();
    await grace.join(group.id);
    const adas = await ada.connect(group.id);
    const graces = await grace.connect(group.id);
    const { epoch } = await adas.next('thread_state');
    await graces.next('thread_state');

    const sent = Array.from({ length: MESSAGES }, (_, n) => ({
      type: 'message' as const,
      id: uuidv7(),
      content: `message ${n}`,
    }));
    for (const frame of sent) adas.send(frame);
    for (let n = 0; n < KILL_AFTER; n += 1) await adas.next('message');
    await edgewise.kill();
    await Promise.all([adas.closed, graces.closed]);
    await edgewise.start();

    const kept = await history(ada, group.id);
    const keptById = new Map(kept.map((message) => [message.id, message]));
    for (const message of acknowledged(adas, ada.userId))
      expect(keptById.get(message.id)).toEqual(message);
    for (const message of acknowledged(graces, ada.userId))
      expect(keptById.get(message.id)).toEqual(message);

    // Both resume from the last rev they saw; what was not acknowledged goes out again under the same ids.
    const lastRev = (socket: TestSocket) =>
      Math.max(...socket.events.flatMap((event) => ('rev' in event ? event.rev : [])));
    const seenByGrace = acknowledged(graces, ada.userId);
    const gracesBack = await grace.connect(group.id, { since: lastRev(graces), epoch });
    const missed = await gracesBack.next('thread_state');
    expect(missed.reset).toBe(false);
    const adasBack = await ada.connect(group.id, { since: lastRev(adas), epoch });
    await adasBack.next('thread_state');
    for (const frame of sent) adasBack.send(frame);
    await adasBack.next('message', (event) => event.message.id === sent.at(-1)?.id);
    await gracesBack.sync();

    const all = await history(grace, group.id);
    const said = all.filter((message) => !message.system);
    expect(said.map((message) => message.content)).toEqual(sent.map((frame) => frame.content));
    expect(
      [...seenByGrace, ...missed.messages, ...acknowledged(gracesBack, ada.userId)].map(
        (message) => message.id,
      ),
    ).toEqual(sent.map((frame) => frame.id));
  }, 120_000);

  it('keeps its people, groups and sessions', async () => {
    const ada = await signIn(edgewise.url, 'Ada');
    const group = await ada.createGroup({ name: 'Still here' });
    await edgewise.kill();
    await edgewise.start();
    const again = await ada.api('GET', `/api/groups/${group.id}`);
    expect(again).toMatchObject({ status: 200, body: { name: 'Still here' } });
    expect((await signIn(edgewise.url, 'Ada')).userId).toBe(ada.userId);
  }, 120_000);
});
