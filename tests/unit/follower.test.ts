import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MessagePage } from '../../protocol/rest.ts';
import { Follower } from '../../web/realtime/follower.ts';
import type { PageFetch } from '../../web/realtime/group-replica.ts';
import { openOutboxStore } from '../../web/realtime/outbox-store.ts';
import { parseFrame } from '../../web/realtime/parse-frame.ts';
import { messagePage } from '../../worker/room/timeline.ts';
import { type ManualClock, manualClock } from '../support/manual-clock.ts';
import { type NodeRoom, nodeRoom, person } from '../support/node-room.ts';
import { type RoomWire, roomWire } from '../support/room-wire.ts';

/** What can happen between a Room, a wire and a client. */
const Step = fc.oneof(
  { weight: 6, arbitrary: fc.constant('someone talks' as const) },
  { weight: 1, arbitrary: fc.constant('someone joins' as const) },
  { weight: 1, arbitrary: fc.constant('someone leaves' as const) },
  { weight: 1, arbitrary: fc.constant('a profile changes' as const) },
  { weight: 1, arbitrary: fc.constant('the group is renamed' as const) },
  { weight: 2, arbitrary: fc.constant('much happens' as const) },
  { weight: 4, arbitrary: fc.constant('I send' as const) },
  { weight: 5, arbitrary: fc.constant('the Room takes a frame' as const) },
  { weight: 4, arbitrary: fc.constant('one event arrives' as const) },
  { weight: 4, arbitrary: fc.constant('all events arrive in one frame' as const) },
  { weight: 2, arbitrary: fc.constant('an event is lost' as const) },
  { weight: 2, arbitrary: fc.constant('an event comes twice' as const) },
  { weight: 2, arbitrary: fc.constant('the connection breaks' as const) },
  { weight: 4, arbitrary: fc.constant('the client connects' as const) },
  { weight: 1, arbitrary: fc.constant('the page is loaded again' as const) },
  { weight: 2, arbitrary: fc.constant('a page is asked for' as const) },
  { weight: 3, arbitrary: fc.constant('the Room answers the page' as const) },
  { weight: 3, arbitrary: fc.constant('the page arrives' as const) },
  { weight: 2, arbitrary: fc.constant('time passes' as const) },
);
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

const ME = person('Ada').id;
/** Long enough for every answer that is waited for to be given up or asked for again. */
const LONG_MS = 11_000;

/** A client of the real Room, over a wire that the test controls. */
class Scene {
  readonly room: NodeRoom = nodeRoom(['Grace']);
  readonly wire: RoomWire = roomWire(this.room, ME);
  readonly clock: ManualClock = manualClock();
  readonly store = openOutboxStore();
  readonly written: string[] = [];
  follower = this.#load();
  #asked: PageFetch | undefined;
  #answered: MessagePage | undefined;

  constructor(past: number) {
    for (let i = 0; i < past; i += 1) this.#say('Grace', `past ${i}`);
  }

  async step(step: Step, seed: number): Promise<void> {
    const { membership } = this.room;
    const { toClient } = this.wire;
    switch (step) {
      case 'someone talks':
        this.#say('Grace', `talk ${seed}`);
        break;
      case 'someone joins':
        membership.join(person(`Guest-${seed % 5}`));
        break;
      case 'someone leaves':
        membership.leave(person(`Guest-${seed % 5}`).id);
        break;
      case 'a profile changes':
        membership.updateProfile({ ...person('Grace'), name: `Grace ${seed}` });
        break;
      case 'the group is renamed':
        membership.change(ME, { name: `Engines ${seed}` });
        break;
      case 'much happens':
        // More than a resume may hold: the next `since` is answered with a reset.
        for (let i = 0; i < 520; i += 1) this.#say('Grace', `much ${i}`);
        break;
      case 'I send':
        this.written.push(`mine ${this.written.length}`);
        await this.follower.outbox.add(`mine ${this.written.length - 1}`);
        break;
      case 'the Room takes a frame':
        this.wire.handleNext();
        break;
      case 'one event arrives':
        this.#arrive(1);
        break;
      case 'all events arrive in one frame':
        this.#arrive(toClient.length);
        break;
      case 'an event is lost':
        // The first state of a connection is not lost without the connection.
        if (toClient.length > 1) toClient.splice(1 + (seed % (toClient.length - 1)), 1);
        break;
      case 'an event comes twice': {
        const place = seed % Math.max(1, toClient.length);
        const event = toClient[place];
        if (event && event.type !== 'thread_state') toClient.splice(place + 1, 0, event);
        break;
      }
      case 'the connection breaks':
        this.#disconnect();
        break;
      case 'the client connects':
        if (!this.wire.isOpen()) this.wire.open(this.follower.replica.place ?? {});
        break;
      case 'the page is loaded again':
        this.#disconnect();
        this.follower.close();
        this.follower = this.#load();
        this.#asked = undefined;
        break;
      case 'a page is asked for':
        this.#asked ??= this.follower.replica.startPage();
        this.#answered = undefined;
        break;
      case 'the Room answers the page':
        this.#answerPage();
        break;
      case 'the page arrives':
        if (this.#asked && this.#answered) {
          this.follower.replica.joinPage(this.#asked, this.#answered);
          this.#asked = undefined;
        }
        break;
      case 'time passes':
        this.clock.pass(seed % LONG_MS);
        break;
    }
    await turn();
  }

  /** The connection comes back and holds, until nothing is left to be said. */
  async calm(): Promise<void> {
    this.#disconnect();
    this.wire.open(this.follower.replica.place ?? {});
    for (let quiet = 0; quiet < 3; ) {
      this.wire.flush();
      const isBusy = this.wire.toClient.length + this.wire.toRoom.length > 0;
      quiet = isBusy ? 0 : quiet + 1;
      this.#arrive(this.wire.toClient.length);
      this.wire.handleNext();
      if (!isBusy) this.clock.pass(LONG_MS);
      await turn();
    }
  }

  /** Loads everything above the window. */
  async readBack(): Promise<void> {
    this.#asked = undefined;
    while (this.follower.replica.window.hasBefore) {
      this.#asked = this.follower.replica.startPage();
      this.#answerPage();
      await this.step('the page arrives', 0);
    }
  }

  #load(): Follower {
    const follower = new Follower({
      userId: ME,
      groupId: this.room.groupId,
      store: this.store,
      clock: this.clock,
      send: (frame) => this.wire.toRoom.push(frame),
      changed: () => undefined,
      doubted: () => undefined,
    });
    void follower.outbox.open();
    return follower;
  }

  #say(name: string, content: string): void {
    this.room.conversation.send(person(name).id, { id: uuidv7(), content });
  }

  #arrive(count: number): void {
    this.wire.flush();
    const events = this.wire.toClient.splice(0, count);
    const parsed = parseFrame(JSON.stringify(events));
    expect(parsed).toHaveLength(events.length);
    if (events.length > 0) this.follower.receive(parsed ?? []);
  }

  #disconnect(): void {
    this.wire.cut();
    this.follower.disconnect();
  }

  #answerPage(): void {
    if (!this.#asked) return;
    const page = messagePage(this.room.store, { before: this.#asked.before, limit: 20 });
    if (page.ok) this.#answered = structuredClone(page.value);
  }
}

beforeEach(() => {
  // There is no IndexedDB here: the outbox says so, and keeps its rows in memory.
  vi.spyOn(console, 'warn').mockReturnValue();
});

afterEach(() => {
  vi.restoreAllMocks();
});

test('whatever is lost, doubled, batched or interrupted, a client ends in the state of its Room', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 130 }),
      fc.array(fc.tuple(Step, fc.nat(100_000)), { maxLength: 80 }),
      async (past, steps) => {
        const scene = new Scene(past);
        await scene.step('the client connects', 0);
        for (const [step, seed] of steps) await scene.step(step, seed);
        await scene.calm();
        const { replica, outbox } = scene.follower;
        const { store } = scene.room;
        expect(replica.place).toEqual({ since: store.counter(), epoch: store.epoch() });
        expect(replica.hasGap).toBe(false);
        expect(replica.group).toEqual(store.group());
        expect([...replica.people.members.values()]).toEqual(
          expect.arrayContaining(store.currentMembers()),
        );
        expect(replica.people.members.size).toBe(store.group().memberCount);
        const held = replica.window.messages;
        expect(held).toEqual(
          store.messages.after({ timeline: true }, (replica.window.oldestSeq ?? 1) - 1, 10_000),
        );

        await scene.readBack();
        const all = store.messages.after({ timeline: true }, 0, 10_000);
        expect(replica.window.messages).toEqual(all);
        expect(outbox.unsent).toEqual([]);
        const mine = all.filter((message) => message.userId === ME && !message.system);
        expect(mine.map(({ content }) => content).sort()).toEqual([...scene.written].sort());
        scene.follower.close();
      },
    ),
    { numRuns: 100 },
  );
}, 120_000);
