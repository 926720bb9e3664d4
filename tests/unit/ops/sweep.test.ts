import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it, test } from 'vitest';
import { fileIdOf } from '../../../protocol/file-id.ts';
import { UPLOAD_KEPT_MS } from '../../../protocol/limits.ts';
import { fileKey, restKey, variantKey } from '../../../worker/file-keys.ts';
import { byGroup, decide, isOldEnough, storedObjectOf } from '../../../worker/ops/sweep/decide.ts';
import { placeAfter, SWEEP_START } from '../../../worker/ops/sweep/position.ts';
import { emptyReport, isMended } from '../../../worker/ops/sweep/report.ts';

test.each([
  { isInRoom: true, isUploading: undefined, action: 'keep' },
  { isInRoom: true, isUploading: false, action: 'keep' },
  { isInRoom: undefined, isUploading: undefined, action: 'keep' },
  { isInRoom: undefined, isUploading: false, action: 'keep' },
  { isInRoom: false, isUploading: undefined, action: 'ask' },
  { isInRoom: false, isUploading: true, action: 'keep' },
  { isInRoom: false, isUploading: false, action: 'erase' },
] as const)(
  'bytes: in the Room $isInRoom, uploading $isUploading: $action',
  ({ action, ...owners }) => {
    expect(decide(owners)).toBe(action);
  },
);

test('only bytes that are older than a day may be orphans', () => {
  expect(isOldEnough(0, UPLOAD_KEPT_MS)).toBe(false);
  expect(isOldEnough(0, UPLOAD_KEPT_MS + 1)).toBe(true);
});

describe('a key in R2', () => {
  const groupId = uuidv7();
  const fileId = fileIdOf(groupId, uuidv7());

  it.each([fileKey(fileId), variantKey(fileId, 320), restKey(fileId, 7)])(
    'names a file and its group: %s',
    (key) => {
      expect(storedObjectOf(key)).toEqual({ key, fileId, groupId });
    },
  );

  it.each([
    'files/',
    'files/nobody',
    `files/${fileId}/1`,
    `variants/${fileId}`,
    `variants/${fileId}/wide`,
    `other/${fileId}`,
    fileId,
  ])('names none: %s', (key) => {
    expect(storedObjectOf(key)).toBeUndefined();
  });
});

test('what is in order is asked group by group', () => {
  const [a, b] = [
    { groupId: 'a', n: 1 },
    { groupId: 'b', n: 2 },
  ];
  expect(byGroup([])).toEqual([]);
  expect(byGroup([a, a, b, a])).toEqual([[a, a], [b], [a]]);
});

test('a round visits each place once', () => {
  const visited: string[] = [];
  for (let at: typeof SWEEP_START | undefined = SWEEP_START; at; at = placeAfter(at.place)) {
    visited.push(at.place);
  }
  expect(visited).toEqual(['files', 'variants', 'uploads', 'rows']);
});

test.each([
  ['erasedKeys', true],
  ['erasedRows', true],
  ['withoutBytes', false],
  ['strangeKeys', false],
  ['unanswered', false],
] as const)('a report with %s is mended: %s', (kind, mended) => {
  expect(isMended({ ...emptyReport(), [kind]: ['x'] })).toBe(mended);
});
