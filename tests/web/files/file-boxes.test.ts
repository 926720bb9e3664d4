import { expect, test } from 'vitest';
import type { FileReference } from '../../../protocol/models.ts';
import { boxOf, hasOnePicture } from '../../../web/features/conversation/files/file-boxes.tsx';

function file(type: string, width?: number, height?: number): FileReference {
  const metadata = { uploadedBy: 'ada', uploadedAt: 1, ...(width && height && { width, height }) };
  return { id: 'f', name: 'f', type, size: 1, url: '/api/files/f', metadata };
}

/** A tile has a row of its own. */
const OWN_ROW = { width: 360, marginInlineEnd: 'max(0px, 100% - 360px)' };
const TEXT_ROW = { width: 480, marginInlineEnd: 'max(0px, 100% - 480px)' };

test.each([
  ['a wide picture', file('image/jpeg', 4_000, 2_000), true, { width: 360, aspectRatio: 2 }],
  ['a high picture', file('image/png', 1_000, 2_000), true, { width: 160, aspectRatio: 0.5 }],
  [
    'a small picture is not enlarged',
    file('image/gif', 100, 50),
    true,
    { width: 100, aspectRatio: 2 },
  ],
  ['a tiny picture can be touched', file('image/png', 16, 16), true, { width: 48, aspectRatio: 1 }],
  ['one of several', file('image/png', 4_000, 2_000), false, { width: 150, height: 150 }],
  ['a video without a size', file('video/mp4'), true, { width: 360, aspectRatio: 16 / 9 }],
  ['a sound', file('audio/mpeg'), true, { ...OWN_ROW, height: 88 }],
  ['SVG, which is never shown', file('image/svg+xml', 10, 10), true, { ...OWN_ROW, height: 56 }],
  ['a short text', file('text/plain'), true, { ...TEXT_ROW, height: 120 }],
  ['code', { ...file('application/json'), size: 5_000 }, false, { ...TEXT_ROW, height: 240 }],
  ['a large text', { ...file('text/csv'), size: 2e6 }, true, { ...OWN_ROW, height: 56 }],
  ['a document', file('application/pdf'), false, { ...OWN_ROW, height: 56 }],
])('the space of %s is known before it is loaded', (_what, its, isOnly, box) => {
  expect(boxOf(its, isOnly)).toEqual(box);
});

test('a text that is being uploaded has the height of a tile, and that of its lines once it is read', () => {
  const uploading = { ...file('text/plain'), size: 5_000, url: '' };
  expect(boxOf(uploading, true)).toEqual({ ...TEXT_ROW, height: 56 });
  const uploaded = { ...uploading, url: '/api/files/f' };
  expect(boxOf(uploaded, true, false)).toEqual({ ...TEXT_ROW, height: 56 });
  expect(boxOf(uploaded, true, true)).toEqual({ ...TEXT_ROW, height: 240 });
});

test('a picture is shown as it is if no other one is in its message, also beside documents', () => {
  const [picture, video, document] = [file('image/png'), file('video/mp4'), file('text/plain')];
  expect(hasOnePicture([picture])).toBe(true);
  expect(hasOnePicture([document, picture, document])).toBe(true);
  expect(hasOnePicture([picture, picture])).toBe(false);
  expect(hasOnePicture([picture, video])).toBe(false);
});
