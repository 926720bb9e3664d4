import * as z from 'zod/mini';
import type { Receipt } from '../../../protocol/server-events.ts';
import type { ObjectSql } from '../../sql.ts';

/** How far a user has read the group. `mark` counts how often they marked it as unread. */
export interface ReadCursor {
  userId: string;
  readSeq: number;
  readAt: number | null;
  mark: number;
}

/** The same, and how far messages were delivered to the user. */
export interface Cursor extends ReadCursor {
  deliveredSeq: number;
}

/** A row with the number of times that it was written. */
export type Versioned<T> = T & { version: number };

/** The cursors of up to 500 people in one row: writing a row costs a thousand times as much as reading one. */
export interface CursorPack {
  pack: number;
  /** A list of `[userId, readSeq, readAt, mark]` as JSON. */
  cursors: string;
}

type PackRow = { pack: number; cursors: string; version: number };

const PACK_PEOPLE = 500;

const PackedCursors = z.array(z.tuple([z.string(), z.int(), z.nullable(z.int()), z.int()]));

/** What is in memory of the packs: the cursors of each, by user id. */
interface Loaded {
  packs: Map<string, ReadCursor>[];
  packOf: Map<string, number>;
}

/**
 * How far each user has read the group. Cursors move in memory, and `save` stores them; what an eviction loses before that,
 * clients say again. How far messages were delivered is never stored: clients say it when they connect. A pack takes no rev,
 * since not everyone may see it: it counts its own versions, and the mirror keeps the highest.
 */
export class CursorStore {
  readonly #sql: ObjectSql;
  #memory: Loaded | undefined;
  readonly #delivered = new Map<string, number>();
  readonly #unsaved = new Set<number>();

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** The cursor of a user; at 0 if it was never moved. */
  cursor(userId: string): Cursor {
    const read = this.#find(userId) ?? { userId, readSeq: 0, readAt: null, mark: 0 };
    const seen = read.readAt === null ? 0 : read.readSeq;
    return { ...read, deliveredSeq: Math.max(seen, this.#delivered.get(userId) ?? 0) };
  }

  /** Moves a read cursor, in memory. */
  put({ userId, readSeq, readAt, mark }: ReadCursor): void {
    const { packs, packOf } = this.#loaded();
    const isFull = (packs.at(-1)?.size ?? PACK_PEOPLE) >= PACK_PEOPLE;
    const pack = packOf.get(userId) ?? (isFull ? packs.length : packs.length - 1);
    packs[pack] ??= new Map();
    packs[pack].set(userId, { userId, readSeq, readAt, mark });
    packOf.set(userId, pack);
    this.#unsaved.add(pack);
  }

  /** Notes how far messages were delivered to a user, in memory only. */
  deliver(userId: string, deliveredSeq: number): void {
    this.#delivered.set(userId, deliveredSeq);
  }

  /** Moves the cursor of a user who joins forward to `seq`, and stores it: the messages up to there count as read. */
  startAt(userId: string, seq: number): void {
    const before = this.cursor(userId);
    if (before.readSeq >= seq) return;
    // Without a time, because they did not read it: nobody sees it as read by them.
    this.put({ ...before, readSeq: seq, readAt: null });
    this.save();
  }

  /** Stores what has moved. */
  save(): void {
    const { packs } = this.#loaded();
    for (const pack of this.#unsaved) this.#write(pack, packs[pack]);
    this.#unsaved.clear();
  }

  /** Inserts a pack from the mirror with its version: every later version must be higher. */
  restore({ pack, cursors, version }: Versioned<CursorPack>): void {
    this.#sql.exec(
      'INSERT INTO cursor_packs (pack, cursors, version, mirrored_version) VALUES (?, ?, ?, ?)',
      pack,
      cursors,
      version,
      version,
    );
    this.#memory = undefined;
  }

  /** A transaction was rolled back: what it stored has to be stored again. */
  rolledBack(): void {
    for (const pack of this.#memory?.packs.keys() ?? []) this.#unsaved.add(pack);
  }

  /** The rows were erased. */
  forget(): void {
    this.#memory = undefined;
    this.#delivered.clear();
    this.#unsaved.clear();
  }

  /** The cursors of current members. */
  receipts(): Receipt[] {
    return this.#sql
      .exec<{ user_id: string }>(
        'SELECT user_id FROM members WHERE left_at IS NULL ORDER BY user_id',
      )
      .toArray()
      .flatMap(({ user_id }) => this.receipt(user_id) ?? []);
  }

  /** The cursor of one user; undefined if it was never moved. */
  receipt(userId: string): Receipt | undefined {
    if (!this.#find(userId) && !this.#delivered.has(userId)) return undefined;
    const { readSeq, readAt, deliveredSeq } = this.cursor(userId);
    return { userId, readSeq, deliveredSeq, ...(readAt !== null && { readAt }) };
  }

  // For the mirror

  /** Up to `limit` packs whose last version D1 lacks. */
  dirty(limit: number): Versioned<CursorPack>[] {
    return this.#sql
      .exec<PackRow>(
        'SELECT pack, cursors, version FROM cursor_packs WHERE version > mirrored_version LIMIT ?',
        limit,
      )
      .toArray();
  }

  /** D1 has these versions. A pack that was stored again in the meantime stays dirty. */
  setMirrored(packs: Versioned<CursorPack>[]): void {
    for (const { pack, version } of packs) {
      this.#sql.exec('UPDATE cursor_packs SET mirrored_version = ? WHERE pack = ?', version, pack);
    }
  }

  #find(userId: string): ReadCursor | undefined {
    const { packs, packOf } = this.#loaded();
    const pack = packOf.get(userId);
    return pack === undefined ? undefined : packs[pack]?.get(userId);
  }

  #write(pack: number, cursors: Map<string, ReadCursor> = new Map()): void {
    const packed = [...cursors.values()].map((it) => [it.userId, it.readSeq, it.readAt, it.mark]);
    this.#sql.exec(
      `INSERT INTO cursor_packs (pack, cursors, version, mirrored_version) VALUES (?, ?, 1, 0)
       ON CONFLICT (pack) DO UPDATE SET cursors = excluded.cursors, version = version + 1`,
      pack,
      JSON.stringify(packed),
    );
  }

  #loaded(): Loaded {
    if (this.#memory) return this.#memory;
    const loaded: Loaded = { packs: [], packOf: new Map() };
    const rows = this.#sql
      .exec<PackRow>('SELECT pack, cursors, version FROM cursor_packs ORDER BY pack')
      .toArray();
    for (const { pack, cursors } of rows) {
      const read = PackedCursors.parse(JSON.parse(cursors)).map(
        ([userId, readSeq, readAt, mark]) => ({ userId, readSeq, readAt, mark }),
      );
      loaded.packs[pack] = new Map(read.map((cursor) => [cursor.userId, cursor]));
      for (const { userId } of read) loaded.packOf.set(userId, pack);
    }
    this.#memory = loaded;
    return loaded;
  }
}
