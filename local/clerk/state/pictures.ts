import { Hono } from 'hono';
import { newId } from '../new-id.ts';
import type { StandInEnv } from '../stand-in-env.ts';
import { findUser } from './users.ts';

/** The size limit that Clerk's components announce. */
export const PICTURE_BYTES = 10_000_000;

/** The size of a part of a picture: a row holds at most 2 MB. */
const PART_BYTES = 1_000_000;

/** Types that a browser displays and never executes. */
const PICTURE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

/** Whether a picture may have this content type. */
export function isPictureType(type: string): boolean {
  return PICTURE_TYPES.includes(type);
}

/** Stores an uploaded picture and returns its id. */
export function addPicture(sql: SqlStorage, type: string, bytes: ArrayBuffer): string {
  const id = newId('img');
  for (let part = 0; part * PART_BYTES < bytes.byteLength; part++) {
    const slice = bytes.slice(part * PART_BYTES, (part + 1) * PART_BYTES);
    sql.exec(
      'INSERT INTO pictures (id, part, type, bytes) VALUES (?, ?, ?, ?)',
      id,
      part,
      type,
      slice,
    );
  }
  return id;
}

/** Serves an uploaded picture by its id, or a generated picture by a user's id. */
export const pictures = new Hono<StandInEnv>().get('/:id', (c) => {
  const id = c.req.param('id');
  const parts = c.env.sql
    .exec<{ type: string; bytes: ArrayBuffer }>(
      'SELECT type, bytes FROM pictures WHERE id = ? ORDER BY part',
      id,
    )
    .toArray();
  const [first] = parts;
  if (first) {
    return new Response(new Blob(parts.map(({ bytes }) => bytes)), {
      headers: {
        'Content-Type': first.type,
        'Cache-Control': 'public, max-age=31536000, immutable',
        'X-Content-Type-Options': 'nosniff',
      },
    });
  }
  const user = findUser(c.env.sql, id);
  if (!user) return c.notFound();
  return c.body(initialPicture(user.firstName ?? user.address), 200, {
    'Content-Type': 'image/svg+xml',
    'Cache-Control': 'public, max-age=300',
    'Content-Security-Policy': "default-src 'none'",
  });
});

function initialPicture(name: string): string {
  // Only a letter or digit: the name is user input, and this is markup.
  const initial = /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase() ?? '?';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="#5b5bd6"/><text x="48" y="63" font-size="44" font-family="sans-serif" text-anchor="middle" fill="#fff">${initial}</text></svg>`;
}
