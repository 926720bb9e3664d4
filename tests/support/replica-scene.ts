import { setImmediate as turn } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { expect } from 'vitest';
import { fail, ok } from '../../protocol/errors.ts';
import type { Message } from '../../protocol/models.ts';
import type { MessagePage } from '../../protocol/rest.ts';
import { parseEvents, parseFrame } from '../../web/realtime/connection/parse-frame.ts';
import { openOutboxStore } from '../../web/realtime/outbox/store.ts';
import type { PageFetch } from '../../web/realtime/replica/group-replica.ts';
import type { PageRequest } from '../../web/realtime/replica/message-range.ts';
import { GroupSync } from '../../web/realtime/sync/group-sync.ts';
import { messagePage } from '../../worker/room/rules/thread-state.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { type NodeRoom, nodeRoom, person } from './node-room.ts';
import { type RoomWire, roomWire } from './room-wire.ts';

export const ME = person('Ada').id;
const GRACE = person('Grace').id;
const EMOJI = ['👍', '🎉', '👀'];
/** Longer than every timeout and retry. */
const LONG_MS = 11_000;

/** The possible steps of a Room, a wire and a client, with their relative frequency. `seed` chooses their target. */
export const STEPS = {
  'someone talks': 6,
  'someone edits': 3,
  'someone deletes': 2,
  'someone reacts': 4,
  'someone replies': 4,
  'someone pins': 1,
  'someone reads': 2,
  'someone joins': 1,
  'someone leaves': 1,
  'a profile changes': 1,
  'the group is renamed': 1,
  'much happens': 1,
  'I send': 4,
  'I reply': 2,
  'I edit': 4,
  'I delete': 2,
  'I react': 5,
  'I read on another device': 1,
  'the Room takes a frame': 8,
  'one event arrives': 4,
  'all events arrive in one frame': 4,
  'an event is lost': 2,
  'an event comes twice': 2,
  'the connection breaks': 2,
  'the client connects': 5,
  'the page is loaded again': 1,
  'a thread is opened': 3,
  'the thread is closed': 1,
  'older messages are asked for': 2,
  'newer messages are asked for': 2,
  'another place is asked for': 1,
  'the newest are shown': 1,
  'the Room answers the page': 4,
  'the page arrives': 4,
  'time passes': 2,
} as const;
export type Step = keyof typeof STEPS;

/** A client of the real Room, over a wire that the test controls. */
export class ReplicaScene {
  readonly room: NodeRoom = nodeRoom(['Grace']);
  readonly wire: RoomWire = roomWire(this.room, ME);
  readonly clock: ManualClock = manualClock();
  readonly store = openOutboxStore();
  /** The number of messages that I wrote. */
  written = 0;
  /** For each of my changes, the last of its kind, whether a message has it. */
  readonly wishes = new Map<string, (message: Message) => boolean>();
  groupSync = this.#load();
  #asked: PageFetch | undefined;
  #answered: MessagePage | undefined;

  constructor(past: number) {
    for (let n = 0; n < past; n += 1) this.#say(`past ${n}`);
  }

  get replica() {
    return this.groupSync.replica;
  }

  async step(step: Step, seed: number): Promise<void> {
    const { settings, membership, conversation, receipts } = this.room;
    const { toClient } = this.wire;
    switch (step) {
      case 'someone talks':
        this.#say(`talk ${seed}`);
        break;
      case 'someone edits':
        this.#withAny(seed, ({ id }) => conversation.edit(GRACE, { id, content: `new ${seed}` }));
        break;
      case 'someone deletes':
        this.#withAny(seed, ({ id }) => conversation.delete(GRACE, id));
        break;
      case 'someone reacts':
        this.#withAny(seed, ({ id }) =>
          conversation.react(GRACE, { id, emoji: emojiOf(seed), op: opOf(seed) }),
        );
        break;
      case 'someone replies':
        this.#withAny(seed, ({ id }) => this.#say(`reply ${seed}`, id, seed % 3 === 0));
        break;
      case 'someone pins':
        this.#withAny(seed, ({ id }) => conversation.pin(GRACE, id, seed % 2 === 0));
        break;
      case 'someone reads':
        receipts.read(GRACE, { seq: seed % (this.room.store.counter() + 1), mark: 0 });
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
        settings.change(ME, { name: `Engines ${seed}` });
        break;
      case 'much happens':
        // More than a resume may contain, so the next `since` is answered with a reset.
        for (let n = 0; n < 520; n += 1) this.#say(`much ${n}`);
        break;
      case 'I send':
        await this.#write({});
        break;
      case 'I reply': {
        const root = this.#heldRow(seed, ({ parentId, system }) => !parentId && !system);
        if (root) await this.#write({ parentId: root.id, alsoToGroup: seed % 3 === 0 });
        break;
      }
      case 'I edit': {
        const mine = this.#heldRow(seed, isMine);
        if (mine) this.#edit(mine.id, `mine, edited ${seed}`);
        break;
      }
      case 'I delete': {
        const mine = this.#heldRow(seed, isMine);
        if (mine) this.#delete(mine.id);
        break;
      }
      case 'I react': {
        const held = this.#heldRow(seed, () => true);
        if (held) this.#react(held.id, emojiOf(seed), opOf(seed));
        break;
      }
      case 'I read on another device':
        receipts.read(ME, {
          seq: seed % (this.room.store.counter() + 1),
          mark: this.room.store.cursors.cursor(ME).mark,
          ...(seed % 2 === 0 && { manual: true }),
        });
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
        // The first state of a connection is lost only with the connection.
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
        if (!this.wire.isOpen()) this.wire.open(this.replica.position ?? {});
        break;
      case 'the page is loaded again':
        this.#disconnect();
        this.groupSync.close();
        this.groupSync = this.#load();
        this.#asked = undefined;
        break;
      case 'a thread is opened': {
        const root = this.#heldRow(seed, ({ parentId, system }) => !parentId && !system);
        if (root) this.groupSync.openThread(root.id);
        break;
      }
      case 'the thread is closed':
        this.groupSync.closeThread();
        break;
      case 'older messages are asked for':
        this.#askBeyond('before', seed);
        break;
      case 'newer messages are asked for':
        this.#askBeyond('after', seed);
        break;
      case 'another place is asked for':
        if (this.replica.position) this.#ask({ around: seed % (this.room.store.counter() + 1) });
        break;
      case 'the newest are shown':
        this.replica.timeline.returnToPresent();
        break;
      case 'the Room answers the page':
        this.#answerPage();
        break;
      case 'the page arrives':
        if (this.#asked && this.#answered) {
          this.replica.joinPage(this.#asked, this.#answered);
          this.#asked = undefined;
        }
        break;
      case 'time passes':
        this.clock.pass(seed % LONG_MS);
        break;
    }
    await turn();
  }

  /** Reconnects, and delivers everything until nothing is left to send. */
  async calm(): Promise<void> {
    this.#disconnect();
    this.wire.open(this.replica.position ?? {});
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

  /** Loads all pages in one direction from the shown range; calls `seen` after each. */
  async readOn(end: 'before' | 'after', seen: () => void): Promise<void> {
    for (;;) {
      const place = this.replica.timeline.beyond(end);
      if (!place) return;
      this.#ask(place);
      this.#answerPage();
      await this.step('the page arrives', 0);
      seen();
    }
  }

  #load(): GroupSync {
    const groupSync = new GroupSync({
      userId: ME,
      groupId: this.room.groupId,
      store: this.store,
      clock: this.clock,
      send: (frame) => this.wire.toRoom.push(frame),
      fetchMessage: async (id) => {
        const found = this.room.store.messages.byId(id);
        return found ? ok(found) : fail('not_found', 'There is no such message.');
      },
      fetchReactions: async () => ok({ items: [] }),
      applied: () => undefined,
      adopted: () => undefined,
      changed: () => undefined,
      upload: () => undefined,
      answerLate: () => undefined,
    });
    void groupSync.outbox.open();
    return groupSync;
  }

  #say(content: string, parentId?: string, alsoToGroup = false): void {
    this.room.conversation.send(GRACE, { id: uuidv7(), content, parentId, alsoToGroup });
  }

  async #write(thread: { parentId?: string; alsoToGroup?: boolean }): Promise<void> {
    const { outbox } = this.groupSync;
    this.written += 1;
    await outbox.add({ type: 'message', content: `mine ${this.written}`, ...thread });
  }

  #edit(id: string, content: string): void {
    this.groupSync.outbox.change({ type: 'edit', messageId: id, content });
    this.wishes.set(`edit ${id}`, (message) => message.content === content);
  }

  #delete(id: string): void {
    this.groupSync.outbox.change({ type: 'delete', messageId: id });
    this.wishes.set(`delete ${id}`, () => false);
  }

  #react(id: string, emoji: string, op: 'add' | 'remove'): void {
    this.groupSync.outbox.change({ type: 'reaction', messageId: id, emoji, op });
    this.wishes.set(`${emoji} ${id}`, ({ reactions = [] }) => {
      const users = reactions.find((it) => it.emoji === emoji)?.userIds ?? [];
      return users.includes(ME) === (op === 'add');
    });
  }

  /** Calls `work` with a message of the Room: one of the newest, or one from anywhere. */
  #withAny(seed: number, work: (message: Message) => void): void {
    const { store } = this.room;
    const back = seed % (seed % 3 === 0 ? 30 : store.counter());
    const [message] = store.messages.before({ timeline: true }, store.counter() + 1 - back, 1);
    if (message) work(message);
  }

  /** A message that the client shows, in the timeline or in the thread. */
  #heldRow(seed: number, is: (message: Message) => boolean): Message | undefined {
    const { timeline, thread } = this.replica;
    const replies = thread?.replies.shown.messages ?? [];
    const rows = [...timeline.shown.messages, ...replies].filter(
      (row) => row.deletedAt === undefined && is(row),
    );
    return rows[seed % Math.max(1, rows.length)];
  }

  #arrive(count: number): void {
    this.wire.flush();
    const events = this.wire.toClient.splice(0, count);
    const parsed = parseEvents(parseFrame(JSON.stringify(events)) ?? []);
    expect(parsed).toHaveLength(events.length);
    if (events.length > 0) this.groupSync.receive(parsed);
  }

  #disconnect(): void {
    this.wire.cut();
    this.groupSync.disconnect();
  }

  #askBeyond(end: 'before' | 'after', seed: number): void {
    const { thread } = this.replica;
    const parentId = seed % 2 === 0 ? thread?.parentId : undefined;
    const place = this.replica.range(parentId)?.beyond(end);
    if (place && !this.#asked) this.#ask(place, parentId);
  }

  #ask(place: PageRequest, parentId?: string): void {
    if (this.#asked) this.replica.abandonPage(this.#asked);
    this.#asked = this.replica.startPage(place, parentId);
    this.#answered = undefined;
  }

  #answerPage(): void {
    if (!this.#asked) return;
    const { request, parentId } = this.#asked;
    const page = messagePage(this.room.store, {
      parentId,
      limit: 20,
      ...('around' in request && { around: request.around }),
      ...('before' in request && { before: request.before }),
      ...('after' in request && { after: request.after }),
    });
    if (page.ok) this.#answered = structuredClone(page.value);
  }
}

function isMine(message: Message): boolean {
  return message.userId === ME && !message.system;
}

const emojiOf = (seed: number) => EMOJI[seed % EMOJI.length] ?? '👍';
const opOf = (seed: number) => (seed % 5 < 3 ? 'add' : 'remove');
