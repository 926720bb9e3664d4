import fc from 'fast-check';
import { v7 as uuid7 } from 'uuid';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { readCursor, writeCursor } from '../../../worker/api/request/list-cursor.ts';

const Place = z.object({ name: z.string(), id: z.string() });

test('a cursor leads back to its position, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const place = { name, id: uuid7() };
      const cursor = writeCursor(place);
      expect(encodeURIComponent(cursor).replaceAll('%3D', '=')).toBe(cursor);
      expect(readCursor(cursor, Place)).toEqual({ ok: true, value: place });
    }),
  );
});

test('without a cursor a list starts at its start', () => {
  expect(readCursor(undefined, Place)).toEqual({ ok: true, value: undefined });
});

test('a forged cursor is invalid', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readCursor(text, Place)).toMatchObject({
        failure: { code: 'invalid', fields: { cursor: expect.any(String) } },
      });
    }),
  );
});
