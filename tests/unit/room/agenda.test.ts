import { expect, test } from 'vitest';
import { Agenda } from '../../../worker/agenda.ts';
import { migrate } from '../../../worker/room/rows/schema.ts';
import { nodeRoomSql } from '../../support/node-room.ts';

type Task = 'first' | 'second' | 'unstored';

/** An agenda and the alarms that it has set. `wake` makes it again, as an object does after an eviction. */
async function someAgenda() {
  const sql = nodeRoomSql();
  migrate(sql);
  const alarms: number[] = [];
  const platform: { at: number | null } = { at: null };
  const wake = async () => {
    const agenda = new Agenda<Task>(
      { tasks: ['first', 'unstored', 'second'], unstored: ['unstored'] },
      sql,
      {
        getAlarm: async () => platform.at,
        async setAlarm(at) {
          platform.at = at;
          alarms.push(at);
        },
      },
    );
    await Promise.resolve();
    return agenda;
  };
  /** The alarm fires. Returns the tasks that were done, each of which is done for good unless `again` says when to repeat it. */
  const fire = async (agenda: Agenda<Task>, now: number, again?: (task: Task) => number) => {
    platform.at = null;
    const done: Task[] = [];
    await agenda.run(
      () => now,
      (task) => {
        done.push(task);
        agenda.reschedule(task, again?.(task));
      },
    );
    return done;
  };
  const rows = () => sql.exec('SELECT task, due_at FROM agenda ORDER BY task').toArray();
  return { agenda: await wake(), alarms, platform, wake, fire, rows };
}

test('tasks that are due are done in their order, whatever the order in which they were scheduled', async () => {
  const { agenda, fire, wake } = await someAgenda();
  agenda.schedule('second', 1_000);
  agenda.schedule('first', 1_000);
  expect(await fire(await wake(), 999)).toEqual(['unstored']);
  expect(await fire(agenda, 1_000)).toEqual(['first', 'unstored', 'second']);
  expect(await fire(agenda, 2_000)).toEqual([]);
});

test('the alarm is set only if it must be earlier, and once after all tasks of an alarm', async () => {
  const { agenda, alarms, fire } = await someAgenda();
  agenda.schedule('first', 1_000);
  agenda.schedule('second', 1_500);
  agenda.schedule('unstored', 1_000);
  agenda.schedule('first', 1_200);
  expect(alarms).toEqual([1_000]);
  agenda.schedule('unstored', 900);
  expect(alarms).toEqual([1_000, 900]);
  await fire(agenda, 1_000, (task) => (task === 'first' ? 2_000 : 3_000));
  expect(alarms).toEqual([1_000, 900, 1_500]);
});

test('a task without a row costs no row, and is done at the first alarm after an eviction', async () => {
  const { agenda, alarms, wake, fire, rows } = await someAgenda();
  agenda.schedule('unstored', 1_000);
  expect(rows()).toEqual([]);
  const woken = await wake();
  expect(alarms).toEqual([1_000]);
  expect(await fire(woken, 1_000)).toEqual(['unstored']);
  expect(await fire(woken, 2_000)).toEqual([]);
});

test('an alarm that the platform dropped is set again after an eviction, and a pending one is not', async () => {
  const { agenda, alarms, platform, wake } = await someAgenda();
  agenda.schedule('first', 1_000);
  await wake();
  expect(alarms).toEqual([1_000]);
  platform.at = null;
  await wake();
  expect(alarms).toEqual([1_000, 1_000]);
});

test('an alarm that an earlier instance has set is not moved to a later time', async () => {
  const { agenda, alarms, wake } = await someAgenda();
  agenda.schedule('unstored', 1_000);
  const woken = await wake();
  woken.schedule('unstored', 1_500);
  woken.schedule('first', 2_000);
  expect(alarms).toEqual([1_000]);
});

test('an agenda that was cleared sets no alarm any more', async () => {
  const { agenda, alarms, fire } = await someAgenda();
  agenda.schedule('second', 5_000);
  agenda.schedule('first', 1_000);
  alarms.length = 0;
  agenda.clear();
  await fire(agenda, 1_000);
  expect(alarms).toEqual([]);
});
