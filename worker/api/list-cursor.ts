import { decodeBase64Url, encodeBase64Url } from 'hono/utils/encode';
import * as z from 'zod/mini';
import { GroupId } from '../../protocol/ids.ts';

/** The place behind a group in a list by name. */
const GroupPlace = z.object({ name: z.string(), id: GroupId });
export type GroupPlace = z.infer<typeof GroupPlace>;

/** The opaque `next` of a list of groups by name. */
export function writeCursor({ name, id }: GroupPlace): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ name, id }));
  return encodeBase64Url(bytes.buffer);
}

/** The place that a `cursor` stands for; undefined where it is none of ours. */
export function readCursor(cursor: string): GroupPlace | undefined {
  try {
    const text = new TextDecoder().decode(decodeBase64Url(cursor));
    return GroupPlace.safeParse(JSON.parse(text)).data;
  } catch {
    // Not base64 or not JSON: both are thrown, and both mean that somebody made it up.
    return undefined;
  }
}
