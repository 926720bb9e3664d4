import type { Clock } from './clock.ts';
import type { ObjectSql } from './sql.ts';

/**
 * What a Durable Object does later without a request, and when each task is due, under the object's one alarm. Rows survive
 * eviction. A row and its alarm are set in the same turn, so that neither exists without the other.
 */
export class Agenda<Task extends string> {
  readonly #tasks: readonly Task[];
  readonly #sql: ObjectSql;
  readonly #setAlarm: (at: number) => void;
  readonly #due: Map<Task, number>;

  /** `tasks` are in the order in which they are done. */
  constructor(
    tasks: readonly Task[],
    sql: ObjectSql,
    clock: Clock,
    setAlarm: (at: number) => void,
  ) {
    this.#tasks = tasks;
    this.#sql = sql;
    this.#setAlarm = setAlarm;
    const rows = sql
      .exec<{ task: string; due_at: number }>('SELECT task, due_at FROM agenda')
      .toArray();
    // A newer version may have scheduled a task that this one does not know. It must not set the alarm again and again.
    this.#due = new Map(
      tasks.flatMap((task) =>
        rows.filter((row) => row.task === task).map((row) => [task, row.due_at] as const),
      ),
    );
    // The platform drops an alarm whose handler has failed too often, and nothing else would set it again.
    if (this.due(clock).length > 0) this.rearm();
  }

  /** Schedules `task`, unless it is due as early already: the usual case in a busy Room, which costs nothing. */
  schedule(task: Task, at: number): void {
    const due = this.#due.get(task);
    if (due !== undefined && due <= at) return;
    this.#put(task, at);
    this.rearm();
  }

  /** Sets a new time for `task`, earlier or later. Without a time the task is done. */
  reschedule(task: Task, at: number | undefined): void {
    if (at === undefined) {
      this.#due.delete(task);
      this.#sql.exec('DELETE FROM agenda WHERE task = ?', task);
    } else {
      this.#put(task, at);
    }
    this.rearm();
  }

  /** When `task` is due, ms UTC; undefined if it is not to be done. */
  dueAt(task: Task): number | undefined {
    return this.#due.get(task);
  }

  /** The tasks that are due, in the order in which to do them. */
  due(clock: Clock): Task[] {
    const now = clock();
    return this.#tasks.filter((task) => (this.#due.get(task) ?? Number.POSITIVE_INFINITY) <= now);
  }

  /** Sets the alarm to the earliest task. Needed after every alarm, too: alarms do not repeat. */
  rearm(): void {
    if (this.#due.size > 0) this.#setAlarm(Math.min(...this.#due.values()));
  }

  #put(task: Task, at: number): void {
    this.#sql.exec('INSERT OR REPLACE INTO agenda (task, due_at) VALUES (?, ?)', task, at);
    this.#due.set(task, at);
  }
}
