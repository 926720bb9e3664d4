import type { Clock } from './clock.ts';
import type { ObjectSql } from './sql.ts';

/** The one alarm of an object. Setting it costs a row. */
export interface ObjectAlarm {
  /** When it fires, ms UTC; null if it is not set. */
  getAlarm(): Promise<number | null>;
  setAlarm(at: number): Promise<void>;
}

/** The tasks of an object, in the order in which they are done. */
export interface AgendaTasks<Task extends string> {
  tasks: readonly Task[];
  /**
   * Tasks without a row, because other rows say what there is to do: the first alarm after an eviction does all of them, to look
   * what is left.
   */
  unstored?: readonly Task[];
}

/**
 * What a Durable Object does later without a request, and when each task is due, under the object's one alarm. Rows and the
 * alarm survive eviction. A row and its alarm are set in the same turn, so that neither exists without the other. Setting the
 * alarm costs a row, so it is set only if it must be earlier.
 */
export class Agenda<Task extends string> {
  readonly #tasks: readonly Task[];
  readonly #unstored: ReadonlySet<Task>;
  readonly #sql: ObjectSql;
  readonly #alarm: ObjectAlarm;
  readonly #due: Map<Task, number>;
  /** The tasks of which an earlier instance may have set the alarm. */
  readonly #unknown: Set<Task>;
  /** When the alarm fires; undefined if it is not set, or an earlier instance set it. */
  #armedAt: number | undefined;
  /** While the tasks of an alarm run, it is not set: it is once all have run. */
  #isRunning = false;

  constructor({ tasks, unstored = [] }: AgendaTasks<Task>, sql: ObjectSql, alarm: ObjectAlarm) {
    this.#tasks = tasks;
    this.#unstored = new Set(unstored);
    this.#unknown = new Set(unstored);
    this.#sql = sql;
    this.#alarm = alarm;
    const rows = sql
      .exec<{ task: string; due_at: number }>('SELECT task, due_at FROM agenda')
      .toArray();
    // A newer version may have scheduled a task that this one does not know. It must not set the alarm again and again.
    this.#due = new Map(
      tasks.flatMap((task) =>
        rows.filter((row) => row.task === task).map((row) => [task, row.due_at] as const),
      ),
    );
    void alarm.getAlarm().then((at) => this.#found(at));
  }

  /** Schedules `task`, unless it is due as early already: the usual case in a busy Room, which costs nothing. */
  schedule(task: Task, at: number): void {
    const due = this.#due.get(task);
    if (due !== undefined && due <= at) return;
    this.#put(task, at);
    this.#rearm();
  }

  /** Sets a new time for `task`, earlier or later. Without a time the task is done. */
  reschedule(task: Task, at: number | undefined): void {
    if (at === undefined) {
      const wasDue = this.#due.delete(task);
      if (wasDue && !this.#unstored.has(task)) {
        this.#sql.exec('DELETE FROM agenda WHERE task = ?', task);
      }
    } else {
      this.#put(task, at);
    }
    this.#rearm();
  }

  /** Forgets all tasks, whose rows are about to be deleted with all others. */
  clear(): void {
    this.#due.clear();
  }

  /** When `task` is due, ms UTC; undefined if it is not to be done. */
  dueAt(task: Task): number | undefined {
    return this.#due.get(task);
  }

  /** The alarm has fired: does the tasks that are due, in their order, and then sets the next alarm. */
  async run(clock: Clock, work: (task: Task) => Promise<void> | void): Promise<void> {
    this.#isRunning = true;
    this.#armedAt = undefined;
    try {
      for (const task of this.#takeDue(clock())) await work(task);
    } finally {
      this.#isRunning = false;
      this.#rearm();
    }
  }

  /**
   * The alarm that an earlier instance has set, if any. The platform drops an alarm whose handler has failed too often, and
   * nothing else would set it again.
   */
  #found(at: number | null): void {
    if (this.#isRunning) return;
    if (at !== null) this.#armedAt ??= at;
    this.#rearm();
  }

  #takeDue(now: number): Task[] {
    const due = this.#tasks.filter(
      (task) => (this.#due.get(task) ?? Number.POSITIVE_INFINITY) <= now || this.#unknown.has(task),
    );
    this.#unknown.clear();
    return due;
  }

  /** Sets the alarm to the earliest task. Alarms do not repeat. */
  #rearm(): void {
    if (this.#isRunning || this.#due.size === 0) return;
    const earliest = Math.min(...this.#due.values());
    if (this.#armedAt !== undefined && this.#armedAt <= earliest) return;
    this.#armedAt = earliest;
    void this.#alarm.setAlarm(earliest);
  }

  #put(task: Task, at: number): void {
    this.#due.set(task, at);
    if (this.#unstored.has(task)) return;
    this.#sql.exec('INSERT OR REPLACE INTO agenda (task, due_at) VALUES (?, ?)', task, at);
  }
}
