import type { Page } from '@playwright/test';
import { v7 as uuidv7 } from 'uuid';
import type { Group } from '../../protocol/models.ts';
import type { Visitor } from '../support/browser.ts';
import { type Person, signIn } from '../support/person.ts';
import { type GroupScreen, openGroup } from './group-screen.ts';

/** Ada, who made a group and looks at it, and Grace, who is in it and speaks without looking. */
export interface Pair {
  group: Group;
  page: Page;
  screen: GroupScreen;
  ada: Person;
  grace: Person;
  /** Opens the group in a browser of Grace's. */
  graceLooks(): Promise<{ page: Page; screen: GroupScreen }>;
}

/** Says something over REST, and gives the message's id. */
export async function say(
  who: Person,
  groupId: string,
  content: string,
  parentId?: string,
): Promise<string> {
  const id = uuidv7();
  const answer = await who.api('POST', '/api/messages', {
    groupId,
    id,
    content,
    ...(parentId !== undefined && { parentId }),
  });
  if (answer.status !== 201) throw new Error(`not said: ${JSON.stringify(answer.body)}`);
  return id;
}

/** Reads everything that was said so far, as somebody does who looks at it in another browser. */
export async function readAll(who: Person, groupId: string): Promise<void> {
  const socket = await who.connect(groupId);
  const { rev, me } = await socket.next('thread_state');
  socket.send({ type: 'thread_read', seq: rev, mark: me.mark });
  await socket.next('receipt_update', (event) => event.userId === who.userId);
  await socket.close();
}

/** Makes the group; `before` is what happens in it before Ada looks. */
export async function pair(
  visitor: (name: string) => Promise<Visitor>,
  baseURL: string | undefined,
  before?: (people: { group: Group; ada: Person; grace: Person }) => Promise<unknown>,
): Promise<Pair> {
  const [hers, theirs] = [await visitor('Ada'), await visitor('Grace')];
  const ada = await signIn(baseURL ?? '', hers.name);
  const grace = await signIn(baseURL ?? '', theirs.name);
  const group = await ada.createGroup({ name: 'Engines' });
  await grace.join(group.id);
  await before?.({ group, ada, grace });
  const screen = await openGroup(hers.page, group.id);
  return {
    group,
    page: hers.page,
    screen,
    ada,
    grace,
    graceLooks: async () => ({
      page: theirs.page,
      screen: await openGroup(theirs.page, group.id),
    }),
  };
}

/** Opens what can be done with a message, as a mouse does, and chooses. */
export async function choose(
  page: Page,
  message: ReturnType<GroupScreen['message']>,
  name: string,
): Promise<void> {
  await message.hover();
  await message.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}
