import { expect, test } from 'vitest';
import { migrate } from '../../../worker/room/rows/schema.ts';
import { nodeRoomSql } from '../../support/node-room.ts';

function versionIn(sql: ReturnType<typeof nodeRoomSql>): unknown {
  return sql.exec('SELECT version FROM schema_version').toArray()[0]?.['version'];
}

test('migrating twice changes nothing', () => {
  const sql = nodeRoomSql();
  migrate(sql);
  const version = versionIn(sql);
  migrate(sql);
  expect(versionIn(sql)).toBe(version);
});

test('older code keeps the schema version of newer tables, so that they are not migrated twice', () => {
  const sql = nodeRoomSql();
  migrate(sql);
  sql.exec('UPDATE schema_version SET version = 99');
  migrate(sql);
  expect(versionIn(sql)).toBe(99);
});
