import * as z from 'zod/mini';

/** What a sweep found. Ids and keys of what disagreed; the rest was right. */
export const SweepReport = z.object({
  /** Objects and rows that were looked at. */
  seen: z.int(),
  /** Keys of bytes that no Room knew. They are erased. */
  erasedKeys: z.array(z.string()),
  /** Files of a Room that had no row in D1. Their Rooms write them again. */
  mirroredRows: z.array(z.string()),
  /** Files with a row in D1 that their Room did not know. The rows are erased. */
  erasedRows: z.array(z.string()),
  /** Files of a Room whose bytes are missing. Nothing brings them back. */
  withoutBytes: z.array(z.string()),
  /** Keys that no file has. They stay: Edgewise did not write them. */
  strangeKeys: z.array(z.string()),
  /** Groups whose Room, files whose Upload, and users whose Inbox did not answer. Nothing of them was touched. */
  unanswered: z.array(z.string()),
});
export type SweepReport = z.infer<typeof SweepReport>;

/** A report of nothing. */
export function emptyReport(): SweepReport {
  return {
    seen: 0,
    erasedKeys: [],
    mirroredRows: [],
    erasedRows: [],
    withoutBytes: [],
    strangeKeys: [],
    unanswered: [],
  };
}

/** Whether everything agrees now: what disagreed was mended, and everyone answered. */
export function isMended({ withoutBytes, strangeKeys, unanswered }: SweepReport): boolean {
  return [withoutBytes, strangeKeys, unanswered].every((left) => left.length === 0);
}
