import { expect, test } from 'vitest';
import { Backlog } from '../../../worker/sockets/backlog.ts';
import { manualClock } from '../../support/manual-clock.ts';

const MB = 1024 * 1024;
const EVERY_MS = 2_000;

/** Sockets are compared by identity only, so objects stand in for the platform's. */
function scene() {
  const clock = manualClock();
  const backlog = new Backlog(clock.now, () => EVERY_MS);
  const socket: WebSocket = Object.create(null);
  backlog.acknowledge(socket);
  return { backlog, socket, clock };
}

test('a client that does not acknowledge for long while megabytes are sent is stuck', () => {
  const { backlog, socket, clock } = scene();
  backlog.sent(5 * MB);
  clock.pass(3 * EVERY_MS);
  expect(backlog.isStuck(socket)).toBe(false);
  clock.pass(1);
  expect(backlog.isStuck(socket)).toBe(true);
  backlog.acknowledge(socket);
  expect(backlog.isStuck(socket)).toBe(false);
});

test('a client that receives little may stay silent', () => {
  const { backlog, socket, clock } = scene();
  backlog.sent(4 * MB);
  clock.pass(3_600_000);
  expect(backlog.isStuck(socket)).toBe(false);
});

test('a client starts with an empty backlog after eviction', () => {
  const { backlog, clock } = scene();
  const other: WebSocket = Object.create(null);
  backlog.sent(50 * MB);
  expect(backlog.isStuck(other)).toBe(false);
  clock.pass(3 * EVERY_MS + 1);
  backlog.sent(5 * MB);
  expect(backlog.isStuck(other)).toBe(true);
});

test('the backlog is checked once a megabyte', () => {
  const { backlog } = scene();
  expect([backlog.sent(MB / 2), backlog.sent(MB / 2), backlog.sent(MB / 2)]).toEqual([
    false,
    true,
    false,
  ]);
});
