import { insertRow, type ObjectSql } from '../../sql.ts';
import { CONTENT } from './room-store.ts';

/**
 * What a load from the mirror reads, in this order. With members, cursors and preferences, and the newest messages, the newest
 * page can be shown: those come before everything that may be long.
 */
export const LOAD_STEPS = [
  'members',
  'cursors',
  'preferences',
  'messages',
  'follows',
  'files',
] as const;
export type LoadStep = (typeof LOAD_STEPS)[number];

/** Where the next page of a step begins: behind the row with this id or seq, or both. */
export interface LoadPlace {
  id: string;
  seq: number;
}

/** How far a load has come. */
export interface LoadPosition {
  step: LoadStep;
  after: LoadPlace;
  /** How many messages D1 had when the load began, and how many of them are here. */
  messages: number;
  loaded: number;
  /** Failures in a row. */
  failures: number;
  /** When the next run is due, ms UTC. */
  dueAt: number;
}

type PositionRow = {
  step: LoadStep;
  after_id: string;
  after_seq: number;
  messages: number;
  loaded: number;
  failures: number;
  due_at: number;
};

/** The position of a load from the mirror. While there is one, the group is not complete. */
export class LoadStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** Undefined if no load has begun, or it is done. */
  position(): LoadPosition | undefined {
    const [row] = this.#sql.exec<PositionRow>('SELECT * FROM load_position').toArray();
    return (
      row && {
        step: row.step,
        after: { id: row.after_id, seq: row.after_seq },
        messages: row.messages,
        loaded: row.loaded,
        failures: row.failures,
        dueAt: row.due_at,
      }
    );
  }

  /** Removes what an earlier version may have left of a load that it did not finish. */
  clear(): void {
    for (const table of [...CONTENT, 'files', 'group_state', 'load_position']) {
      this.#sql.exec(`DELETE FROM ${table}`);
    }
  }

  put({ step, after, messages, loaded, failures, dueAt }: LoadPosition): void {
    this.#sql.exec('DELETE FROM load_position');
    insertRow(this.#sql, 'load_position', {
      one: 1,
      step,
      after_id: after.id,
      after_seq: after.seq,
      messages,
      loaded,
      failures,
      due_at: dueAt,
    });
  }

  /** Everything is loaded. */
  end(): void {
    this.#sql.exec('DELETE FROM load_position');
  }
}
