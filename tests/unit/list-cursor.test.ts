import fc from 'fast-check';
import { v7 as uuid7 } from 'uuid';
import { expect, test } from 'vitest';
import { readCursor, writeCursor } from '../../worker/api/list-cursor.ts';

test('a cursor leads back to the place it was made for, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const place = { name, id: uuid7() };
      const cursor = writeCursor(place);
      expect(encodeURIComponent(cursor).replaceAll('%3D', '=')).toBe(cursor);
      expect(readCursor(cursor)).toEqual(place);
    }),
  );
});

test('whatever else comes as a cursor is none', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readCursor(text)).toBeUndefined();
    }),
  );
});
