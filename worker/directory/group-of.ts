import type { Group } from '../../protocol/models.ts';
import type { groups } from './schema.ts';

/** The group of a row, as the contract has it: a column that is null is a field that is not there. */
export function groupOf(row: typeof groups.$inferSelect): Group {
  const { counter: _, archivedAt, ...group } = row;
  return archivedAt === null ? group : { ...group, archivedAt };
}
