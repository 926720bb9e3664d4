import { expect, test } from 'vitest';
import { Agenda } from '../../worker/room/agenda.ts';
import { migrate } from '../../worker/room/room-schema.ts';
import { nodeRoomSql } from '../support/node-room.ts';

test('what needs only the Room is done before what waits for D1, whatever was put down first', () => {
  const sql = nodeRoomSql();
  migrate(sql);
  const agenda = new Agenda(sql, () => undefined);
  for (const task of ['cursors', 'archive', 'departures', 'sockets'] as const) {
    agenda.schedule(task, 1_000);
  }
  const inOrder = ['sockets', 'departures', 'archive', 'cursors'];
  expect(agenda.due(() => 1_000)).toEqual(inOrder);
  expect(new Agenda(sql, () => undefined).due(() => 1_000)).toEqual(inOrder);
  expect(agenda.due(() => 999)).toEqual([]);
});
