/** How many rows a Durable Object has written and read since it woke, as the platform bills them. */
export interface RowsWritten {
  /** With the entries of indexes. */
  rows: number;
  /** Each time that the alarm was set, which costs a row, too. */
  alarms: number;
  read: number;
  /** Rows of its mirror in D1, likewise. */
  mirrored: number;
}
