import type { Edgewise } from './edgewise.ts';

/** Runs `during` while queries of a table fail, because it has another name. */
export async function withoutTable<T>(
  edgewise: Edgewise,
  table: string,
  during: () => Promise<T>,
): Promise<T> {
  await edgewise.db.exec(`ALTER TABLE ${table} RENAME TO ${table}_away`);
  try {
    return await during();
  } finally {
    await edgewise.db.exec(`ALTER TABLE ${table}_away RENAME TO ${table}`);
  }
}
