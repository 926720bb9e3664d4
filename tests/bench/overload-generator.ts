import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '../../protocol/models.ts';
import { MessagePage } from '../../protocol/rest.ts';
import type { Person } from '../support/person.ts';
import { gatherPeople } from './gather-people.ts';
import { inTurns } from './in-turns.ts';
import { countLatencies } from './latencies.ts';
import { Overload, type OverloadResult } from './overload.ts';
import { type CrowdParts, OverloadClient } from './overload-client.ts';
import { sharedFrames } from './shared-frames.ts';

// A separate process, so that it shares no thread with what it measures. Takes an `Overload` as its argument, and
// writes an `OverloadResult`.

const MESSAGE_BYTES = 130;
const NEWCOMER_EVERY_MS = 1_000;
/** The longest time to acknowledge everything; a Room that takes longer has failed. */
const DONE_WITHIN_MS = 300_000;

const load = Overload.parse(JSON.parse(process.argv[2] ?? ''));
process.stdout.write(JSON.stringify(await run(load)), () => process.exit());

async function run({ url, clients: count, rate, forMs }: Overload): Promise<OverloadResult> {
  const names = Array.from({ length: count }, (_, at) => `Speaker ${at}`);
  const people = await gatherPeople(url, ['Reader', 'Newcomer', ...names]);
  const [reader, newcomer, ...speakers] = people;
  if (!reader || !newcomer) throw new Error('no one signed in');
  const memberIds = speakers.map((person) => person.userId);
  const group = await reader.createGroup({ memberIds });
  await newcomer.join(group.id);

  const closed: Record<string, number> = {};
  let toldToWait = 0;
  const parts: CrowdParts = {
    url,
    groupId: group.id,
    parse: sharedFrames(),
    toldToWait: () => void toldToWait++,
    closed: (code) => {
      closed[code] = (closed[code] ?? 0) + 1;
    },
  };
  const speaking = speakers.map((person) => new OverloadClient(person, parts));
  const watch = watching(parts.parse);
  const listening = new OverloadClient(reader, { ...parts, parse: watch.parse });
  const clients = [...speaking, listening];
  await inTurns(clients, (client) => client.open());
  const arrivals = arriving(newcomer, group.id);

  const start = performance.now();
  const total = Math.round((rate * forMs) / 1000);
  const filler = 'x'.repeat(MESSAGE_BYTES);
  for (let next = 0; next < total; await pause(1)) {
    const due = ((performance.now() - start) * rate) / 1000;
    for (; next < Math.min(due, total); next++) {
      speaking[next % count]?.offer(`${next} ${filler}`.slice(0, MESSAGE_BYTES));
    }
  }
  const end = performance.now() + DONE_WITHIN_MS;
  while (clients.some((client) => client.unsaid > 0) && performance.now() < end) await pause(20);
  const tookMs = Math.round(performance.now() - start);
  const longestSilenceMs = Math.round(watch.longestSilenceMs());
  const newcomers = await arrivals.stop();

  await inTurns(clients, (client) => client.resume());
  const kept = await history(people, group.id);
  const acknowledged = clients.flatMap((client) => [...client.acknowledged]);
  const ids = new Set(kept.map((message) => message.id));
  const result = {
    offered: total,
    acknowledged: acknowledged.length,
    tookMs,
    toldToWait,
    closed,
    longestSilenceMs,
    ...newcomers,
    lost: acknowledged.filter((id) => !ids.has(id)).length,
    doubled: kept.length - ids.size,
    differing: clients
      .filter((client) => !isTailOf(client.held, kept))
      .map((client) => client.person.name),
  };
  for (const client of clients) client.end();
  return result;
}

/** Records when a client that only reads receives messages. */
function watching(parse: CrowdParts['parse']) {
  let heardAt: number | undefined;
  let longestSilenceMs = 0;
  return {
    longestSilenceMs: () => longestSilenceMs,
    parse: (data: Buffer) => {
      const events = parse(data);
      if (events.some((event) => event.type === 'message')) {
        const now = performance.now();
        longestSilenceMs = Math.max(longestSilenceMs, now - (heardAt ?? now));
        heardAt = now;
      }
      return events;
    },
  };
}

/** A client that opens the group every second. */
function arriving(newcomer: Person, groupId: string) {
  const latencies = countLatencies();
  let isOver = false;
  let count = 0;
  const arrivals = (async () => {
    while (!isOver) {
      const token = await newcomer.token();
      const start = performance.now();
      const socket = await newcomer.connect(groupId, { token });
      await socket.next('thread_state', () => true, 60_000);
      latencies.add(performance.now() - start);
      count++;
      socket.terminate();
      await pause(NEWCOMER_EVERY_MS);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await arrivals;
      const [newcomerMedianMs, newcomerSlowestMs] = [
        latencies.quantile(0.5),
        latencies.quantile(1),
      ];
      return { newcomers: count, newcomerMedianMs, newcomerSlowestMs };
    },
  };
}

/** All messages of the Room, requested by different users in turn, because each has a rate limit. */
async function history(people: readonly Person[], groupId: string): Promise<Message[]> {
  const messages: Message[] = [];
  for (let asked = 0, after = 0; ; asked++) {
    const path = `/api/messages?groupId=${groupId}&limit=100&after=${after}`;
    const answer = await people[asked % people.length]?.api('GET', path);
    const page = answer?.as(MessagePage);
    messages.push(...(page?.messages ?? []));
    after = messages.at(-1)?.seq ?? 0;
    if (!page?.hasAfter) return messages;
  }
}

/** Whether a client has every message of the server from the start of its range on. */
function isTailOf(held: readonly Message[], kept: readonly Message[]): boolean {
  const tail = kept.slice(kept.length - held.length);
  return held.every((message, at) => {
    const other = tail[at];
    return (
      other?.id === message.id && other.rev === message.rev && other.content === message.content
    );
  });
}
