import { expect, test } from 'vitest';
import { Agenda } from '../../../worker/agenda.ts';
import { TASKS } from '../../../worker/room/open-group.ts';
import { migrate } from '../../../worker/room/rows/schema.ts';
import { nodeRoomSql } from '../../support/node-room.ts';

/** An agenda with its clock and the alarms that it set. `wake` creates it again, as a Room does when it wakes. */
function someAgenda() {
  const sql = nodeRoomSql();
  migrate(sql);
  const alarms: number[] = [];
  const wake = (now: number) =>
    new Agenda(
      TASKS,
      sql,
      () => now,
      (at) => alarms.push(at),
    );
  return { agenda: wake(0), alarms, wake };
}

test('tasks that need only the Room run before those that wait for D1, in any order of scheduling', () => {
  const { agenda, wake } = someAgenda();
  for (const task of ['cursors', 'mirror', 'departures', 'sockets'] as const) {
    agenda.schedule(task, 1_000);
  }
  const inOrder = ['sockets', 'departures', 'mirror', 'cursors'];
  expect(agenda.due(() => 1_000)).toEqual(inOrder);
  expect(wake(0).due(() => 1_000)).toEqual(inOrder);
  expect(agenda.due(() => 999)).toEqual([]);
});

test('an alarm that the platform dropped is set again when the Room wakes, and a pending one is not', () => {
  const { agenda, alarms, wake } = someAgenda();
  agenda.schedule('mirror', 1_000);
  expect(alarms).toEqual([1_000]);
  wake(999);
  expect(alarms).toEqual([1_000]);
  wake(1_000);
  expect(alarms).toEqual([1_000, 1_000]);
});
