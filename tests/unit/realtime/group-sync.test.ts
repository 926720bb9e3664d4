import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { READ_THREADS_IN_STATE } from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/models.ts';
import type { MessageWindow } from '../../../web/realtime/replica/message-window.ts';
import type { Scope } from '../../../worker/room/rows/message-store.ts';
import { ME, ReplicaScene, STEPS, type Step } from '../../support/replica-scene.ts';

const steps = Object.entries(STEPS).map(([step, weight]) => ({
  weight,
  arbitrary: fc.constant(step as Step),
}));
const MANY = 100_000;

beforeEach(() => {
  // Without IndexedDB, the outbox warns and keeps its entries in memory.
  vi.spyOn(console, 'warn').mockReturnValue();
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Expects a range to equal the Room's rows between its ends. */
function expectAgrees({ room }: ReplicaScene, window: MessageWindow, scope: Scope): void {
  const held = window.messages;
  const { oldestSeq = 1, newestSeq = 0 } = window;
  const all = room.store.messages.after(scope, window.hasBefore ? oldestSeq - 1 : 0, MANY);
  expect(held).toEqual(window.hasAfter ? all.filter(({ seq }) => seq <= newestSeq) : all);
}

/** Expects the client to be at the Room's rev, in everything that it holds. */
function expectConverged(scene: ReplicaScene): void {
  const { replica } = scene;
  const { store } = scene.room;
  expect(replica.position).toEqual({ since: store.counter(), epoch: store.epoch() });
  expect(replica.hasGap).toBe(false);
  expect(replica.group).toEqual(store.group());
  const members = [...replica.people.members.values()];
  expect(members).toEqual(expect.arrayContaining(store.members.current()));
  expect(members).toHaveLength(store.group().memberCount);
  const receipts = [...replica.ephemeral.receipts.values()];
  expect(receipts).toEqual(expect.arrayContaining(store.cursors.receipts()));
  const { readSeq, mark } = store.cursors.cursor(ME);
  expect(replica.me).toMatchObject({ readSeq, mark });
  expect(replica.me?.readThreads).toEqual(
    expect.arrayContaining(store.follows.readThreads(ME, READ_THREADS_IN_STATE)),
  );

  expect(replica.timeline.present.hasAfter).toBe(false);
  expectAgrees(scene, replica.timeline.present, { timeline: true });
  expectAgrees(scene, replica.timeline.shown, { timeline: true });
  const { thread } = replica;
  if (!thread) return;
  const root = store.messages.byId(thread.parentId);
  expect(thread.isLoaded).toBe(true);
  expect(thread.root).toEqual(root);
  expectAgrees(scene, thread.replies.present, { rootSeq: root?.seq ?? 0 });
  expectAgrees(scene, thread.replies.shown, { rootSeq: root?.seq ?? 0 });
}

/** Expects my messages and changes to be in the Room, once, as I left them. */
function expectMine(scene: ReplicaScene): void {
  const { store } = scene.room;
  // Only a reply to a message that was deleted before it arrived can be refused.
  const { unsent } = scene.groupSync.outbox.view;
  for (const row of unsent) expect(row).toMatchObject({ failure: { code: 'not_found' } });
  expect([...scene.groupSync.outbox.view.changes.values()].flat()).toEqual([]);
  const mine = (message: Message) => message.userId === ME && !message.system;
  const written = store.messages.changed(0, MANY).filter(mine);
  expect(written.length + unsent.length).toBe(scene.written);
  for (const [wish, isGranted] of scene.wishes) {
    const message = store.messages.byId(wish.slice(wish.indexOf(' ') + 1));
    if (!message) throw new Error(`${wish} is about a message that there is not`);
    expect(message.deletedAt !== undefined || isGranted(message), wish).toBe(true);
  }
}

test('a thread is opened with the position that the client holds, and is loaded without what it holds', async () => {
  const scene = new ReplicaScene(3);
  await scene.calm();
  await scene.step('a thread is opened', 0);
  const { position, people } = scene.replica;
  const members = people.members;
  expect(scene.wire.toRoom).toMatchObject([{ type: 'thread_sync', holds: position }]);
  await scene.step('the Room takes a frame', 0);
  expect(scene.wire.toClient).toMatchObject([{ type: 'thread_state', partial: true, members: [] }]);
  await scene.step('all events arrive in one frame', 0);
  expect(scene.replica.thread?.isLoaded).toBe(true);
  expect(scene.replica.people.members).toBe(members);
  expectConverged(scene);
  scene.groupSync.close();
});

test("a client converges on the Room's state, whatever is lost, repeated, batched or interrupted", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 130 }),
      fc.array(fc.tuple(fc.oneof(...steps), fc.nat(MANY)), { maxLength: 150, size: 'max' }),
      async (past, script) => {
        const scene = new ReplicaScene(past);
        await scene.step('the client connects', 0);
        for (const [step, seed] of script) await scene.step(step, seed);
        await scene.calm();
        expectConverged(scene);
        expectMine(scene);

        const look = () => expectAgrees(scene, scene.replica.timeline.shown, { timeline: true });
        await scene.readOn('before', look);
        await scene.readOn('after', look);
        expectConverged(scene);
        scene.groupSync.close();
      },
    ),
    { numRuns: 40 },
  );
}, 240_000);
