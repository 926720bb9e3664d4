import { numberIn, type ObjectSql } from '../../sql.ts';

/** The files of a user in all groups with their sizes, from the beginning of their upload until their bytes are erased. */
export class StoredFiles {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** Bytes of all files but this one. */
  sizeWithout(fileId: string): number {
    return numberIn(
      this.#sql,
      'SELECT ifnull(sum(size), 0) AS n FROM stored_files WHERE file_id <> ?',
      fileId,
    );
  }

  put(fileId: string, size: number): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO stored_files (file_id, size) VALUES (?, ?)',
      fileId,
      size,
    );
  }

  remove(fileIds: readonly string[]): void {
    this.#sql.exec(
      'DELETE FROM stored_files WHERE file_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(fileIds),
    );
  }
}
