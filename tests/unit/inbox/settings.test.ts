import { expect, test } from 'vitest';
import { createTables } from '../../../worker/inbox/rows/schema.ts';
import { SettingsStore } from '../../../worker/inbox/rows/settings-store.ts';
import { Settings } from '../../../worker/inbox/settings.ts';
import { nodeRoomSql } from '../../support/node-room.ts';

const settings = (sql: ReturnType<typeof nodeRoomSql>) =>
  new Settings(new SettingsStore(sql), () => 0);

function inbox() {
  const sql = nodeRoomSql();
  createTables(sql);
  return sql;
}

test('read receipts are on until they are switched off, and each change has a version of its own', () => {
  const sql = inbox();
  const mine = settings(sql);
  expect(mine.readReceipts()).toEqual({ isOn: true, version: 0 });
  mine.change({ doNotDisturb: { until: 5 } });
  mine.change({ readReceipts: true });
  expect(mine.readReceipts()).toEqual({ isOn: true, version: 0 });
  expect(mine.change({ readReceipts: false })).toEqual({
    doNotDisturb: { until: 5 },
    readReceipts: false,
  });
  mine.change({ readReceipts: false });
  expect(settings(sql).readReceipts()).toEqual({ isOn: false, version: 1 });
  mine.change({ readReceipts: true });
  expect(settings(sql).readReceipts()).toEqual({ isOn: true, version: 2 });
});

test('settings of the version before keep do-not-disturb', () => {
  const sql = inbox();
  sql.exec('INSERT INTO settings (one, settings) VALUES (1, ?)', '{"doNotDisturb":{"until":9}}');
  expect(settings(sql).get()).toEqual({ doNotDisturb: { until: 9 }, readReceipts: true });
});
