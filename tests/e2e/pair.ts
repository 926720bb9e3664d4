import type { Page } from '@playwright/test';
import type { Group } from '../../protocol/models.ts';
import type { BrowserOptions, MakeVisitor, Visitor } from '../support/browser.ts';
import type { Person } from '../support/person.ts';
import { type GroupScreen, openGroup } from './group-screen.ts';

/** Ada, who owns a group, and Grace, who is a member of it. */
export interface Pair {
  group: Group;
  ada: Visitor;
  grace: Visitor;
}

/** A pair of whom Ada has the group open. */
export interface OpenPair extends Pair {
  /** Ada's. */
  page: Page;
  /** On Ada's page. */
  screen: GroupScreen;
  /** Opens the group in Grace's browser. */
  graceLooks(): Promise<{ page: Page; screen: GroupScreen }>;
}

/** Marks everything read, as another client of the user would. */
export async function readAll(who: Person, groupId: string): Promise<void> {
  const socket = await who.connect(groupId);
  const { rev, me } = await socket.next('thread_state');
  socket.send({ type: 'thread_read', seq: rev, mark: me.mark });
  await socket.next('receipt_update', (event) => event.userId === who.userId);
  await socket.close();
}

/** Creates a group with this name, and a browser with an empty page for each of the two. */
export async function pair(
  visitor: MakeVisitor,
  name: string,
  adasBrowser?: BrowserOptions,
): Promise<Pair> {
  const ada = await visitor('Ada', adasBrowser);
  const grace = await visitor('Grace');
  const group = await ada.createGroup({ name });
  await grace.join(group.id);
  return { group, ada, grace };
}

/** Creates a group and opens it as Ada; `before` runs before she opens it. */
export async function openPair(
  visitor: MakeVisitor,
  before?: (pair: Pair) => Promise<unknown>,
): Promise<OpenPair> {
  const people = await pair(visitor, 'Engines');
  const { group, ada, grace } = people;
  await before?.(people);
  return {
    ...people,
    page: ada.page,
    screen: await openGroup(ada.page, group.id),
    graceLooks: async () => ({
      page: grace.page,
      screen: await openGroup(grace.page, group.id),
    }),
  };
}

/** Opens a message's menu with the mouse and chooses an action. */
export async function choose(
  page: Page,
  message: ReturnType<GroupScreen['message']>,
  name: string,
): Promise<void> {
  await message.hover();
  await message.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}
