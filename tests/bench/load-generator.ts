import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { assertNever } from '../../protocol/assert-never.ts';
import {
  type Crowd,
  gatherAtEdgewise,
  gatherAtPlain,
  gatherAtSocketIo,
  type Receive,
} from './crowd.ts';
import { countLatencies } from './latencies.ts';
import { MEMBERS, MESSAGE_BYTES, SENDERS, Step, type StepResult } from './step.ts';

// A separate process, so that it shares neither a thread nor a garbage collector with what it measures. Takes a
// `Step` as its argument, and writes a `StepResult`.

/** A delivery that is missing this long after the last message was due is lost. */
const DRAIN_MS = 10_000;
/** Surrounds a message's number and occurs nowhere else, so it can be found in a frame without decoding it. */
const MARK = '~';
const MARK_BYTE = MARK.charCodeAt(0);
const ZERO_BYTE = '0'.charCodeAt(0);

const step = Step.parse(JSON.parse(process.argv[2] ?? ''));
process.stdout.write(JSON.stringify(await measure(step)), () => process.exit());

function gather({ target, url }: Step, receive: Receive): Promise<Crowd> {
  switch (target) {
    case 'edgewise':
      return gatherAtEdgewise(url, receive);
    case 'socket.io':
      return gatherAtSocketIo(url, receive);
    case 'plain':
      return gatherAtPlain(url, receive);
    default:
      return assertNever(target);
  }
}

/** Open loop: every message is sent when it is due, however late the acknowledgements are. */
async function measure(step: Step): Promise<StepResult> {
  const { rate, warmUpMs, measureMs } = step;
  const latencies = countLatencies();
  const warmUp = Math.round((rate * warmUpMs) / 1000);
  const total = warmUp + Math.round((rate * measureMs) / 1000);
  const deliveriesOf = new Uint16Array(total);
  let deliveries = 0;
  let start = 0;
  const dueAt = (message: number) => start + (message * 1000) / rate;

  const receive = (frame: Buffer) => {
    const now = performance.now();
    for (let at = frame.indexOf(MARK_BYTE); at >= 0; at = frame.indexOf(MARK_BYTE, at + 1)) {
      let message = 0;
      for (let byte = frame[++at]; byte !== undefined && byte !== MARK_BYTE; byte = frame[++at]) {
        message = message * 10 + byte - ZERO_BYTE;
      }
      if (message < warmUp) continue;
      deliveriesOf[message] = (deliveriesOf[message] ?? 0) + 1;
      deliveries++;
      latencies.add(now - dueAt(message));
    }
  };
  const crowd = await gather(step, receive);
  start = performance.now() + 100;

  const filler = 'x'.repeat(MESSAGE_BYTES);
  const cpuBefore = process.cpuUsage();
  for (let next = 0; next < total; await pause(1)) {
    for (const now = performance.now(); next < total && dueAt(next) <= now; next++) {
      const content = `${MARK}${next}${MARK}${filler}`.slice(0, MESSAGE_BYTES);
      const socket = crowd.sockets[next % SENDERS];
      // During the warm-up a sender may be reconnecting.
      if (socket?.readyState === WebSocket.OPEN) socket.send(crowd.frameOf(content));
    }
  }
  const cpu = process.cpuUsage(cpuBefore);
  const sendingMs = performance.now() - start;
  for (
    const end = performance.now() + DRAIN_MS;
    deliveries < (total - warmUp) * MEMBERS && performance.now() < end;
  ) {
    await pause(10);
  }

  const measured = deliveriesOf.subarray(warmUp);
  return {
    deliveries,
    lost: measured.reduce((sum, count) => sum + Math.max(MEMBERS - count, 0), 0),
    doubled: measured.reduce((sum, count) => sum + Math.max(count - MEMBERS, 0), 0),
    medianMs: latencies.quantile(0.5),
    p99Ms: latencies.quantile(0.99),
    generatorLoad: (cpu.user + cpu.system) / 1000 / sendingMs,
  };
}
