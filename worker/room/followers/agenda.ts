import type { Clock } from '../../clock.ts';
import type { RoomSql } from '../rows/sql.ts';

/**
 * What a Room may have to do later, without being asked. What only the Room itself is needed for comes first: a D1 that
 * hangs must not leave sockets open whose lease has ended.
 */
const TASKS = ['sockets', 'departures', 'mirror', 'cursors'] as const;
export type Task = (typeof TASKS)[number];

/**
 * What is due when, under the object's one alarm. Rows survive eviction; the alarm is set in the same turn as the row, so
 * that neither can be there without the other.
 */
export class Agenda {
  readonly #sql: RoomSql;
  readonly #setAlarm: (at: number) => void;
  readonly #due: Map<Task, number>;

  constructor(sql: RoomSql, clock: Clock, setAlarm: (at: number) => void) {
    this.#sql = sql;
    this.#setAlarm = setAlarm;
    const rows = sql
      .exec<{ task: Task; due_at: number }>('SELECT task, due_at FROM agenda')
      .toArray();
    this.#due = new Map(rows.map((row) => [row.task, row.due_at]));
    // The platform gives an alarm up whose handler has failed too often; nothing else would ever set it again.
    if (this.due(clock).length > 0) this.rearm();
  }

  /** Puts `task` on the agenda, unless it is due as early already: in a busy Room that is the usual case, and costs nothing. */
  schedule(task: Task, at: number): void {
    const due = this.#due.get(task);
    if (due !== undefined && due <= at) return;
    this.#put(task, at);
    this.rearm();
  }

  /** Sets the time of `task` anew, later or earlier; without a time it is done. */
  reschedule(task: Task, at: number | undefined): void {
    if (at === undefined) {
      this.#due.delete(task);
      this.#sql.exec('DELETE FROM agenda WHERE task = ?', task);
    } else {
      this.#put(task, at);
    }
    this.rearm();
  }

  /** The tasks whose time has come, in the order in which to do them. */
  due(clock: Clock): Task[] {
    const now = clock();
    return TASKS.filter((task) => (this.#due.get(task) ?? Number.POSITIVE_INFINITY) <= now);
  }

  /** Sets the alarm to the earliest task. Also after an alarm: it does not repeat by itself. */
  rearm(): void {
    if (this.#due.size > 0) this.#setAlarm(Math.min(...this.#due.values()));
  }

  #put(task: Task, at: number): void {
    this.#sql.exec('INSERT OR REPLACE INTO agenda (task, due_at) VALUES (?, ?)', task, at);
    this.#due.set(task, at);
  }
}
