import { expect, test } from 'vitest';
import { withDuration } from '../../../../web/features/composer/recording/with-duration.ts';

const EBML = [0x1a, 0x45, 0xdf, 0xa3];
const SEGMENT = [0x18, 0x53, 0x80, 0x67];
const INFO = [0x15, 0x49, 0xa9, 0x66];
const UNKNOWN = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
/** 1,000,000 ns: times are in ms. */
const SCALE = [0x2a, 0xd7, 0xb1, 0x83, 0x0f, 0x42, 0x40];
const APP = [0x4d, 0x80, 0x84, ...new TextEncoder().encode('Test')];
const CLUSTER = [0x1f, 0x43, 0xb6, 0x75, ...UNKNOWN, 0xe7, 0x81, 0x00, 0xa3, 0x84, 1, 2, 3, 4];

const element = (id: number[], body: number[]) => [...id, 0x80 | body.length, ...body];
const float = (value: number) => [...new Uint8Array(new Float64Array([value]).buffer)].reverse();
const duration = (value: number) => [0x44, 0x89, 0x88, ...float(value)];

/** A recording with these elements in its header. */
function recording(info: number[], segment = UNKNOWN): Uint8Array<ArrayBuffer> {
  const header = element(EBML, [0x42, 0x86, 0x81, 1]);
  return new Uint8Array([...header, ...SEGMENT, ...segment, ...element(INFO, info), ...CLUSTER]);
}

/** The same with a header whose length is written in two bytes. */
function expected(info: number[]): Uint8Array<ArrayBuffer> {
  const header = element(EBML, [0x42, 0x86, 0x81, 1]);
  const changed = [...INFO, 0x40, info.length, ...info];
  return new Uint8Array([...header, ...SEGMENT, ...UNKNOWN, ...changed, ...CLUSTER]);
}

test.each([
  ['gets one', [...SCALE, ...APP], [...SCALE, ...APP, ...duration(2_500)]],
  ['has it replaced', [...duration(0), ...SCALE], [...SCALE, ...duration(2_500)]],
  ['needs no scale', APP, [...APP, ...duration(2_500)]],
  [
    'has it in its own unit',
    [0x2a, 0xd7, 0xb1, 0x82, 0x03, 0xe8],
    [0x2a, 0xd7, 0xb1, 0x82, 0x03, 0xe8, ...duration(2_500_000)],
  ],
])('a recording without a duration %s', (_what, before, after) => {
  expect(withDuration(recording(before), 2_500)).toEqual(expected(after));
});

test('writing it twice changes nothing more', () => {
  const once = withDuration(recording([...SCALE]), 2_500);
  expect(withDuration(once, 2_500)).toEqual(once);
});

test.each([
  ['an empty file', new Uint8Array()],
  ['MP4', new Uint8Array([0, 0, 0, 8, 0x66, 0x74, 0x79, 0x70])],
  ['a file with a length, which may have an index', recording([...SCALE], [0x9f])],
  ['one that ends in its header', recording([...SCALE]).slice(0, 24)],
  ['one whose header lies about a length', recording([0x4d, 0x80, 0xff, 1])],
])('%s stays as it is', (_what, bytes) => {
  expect(withDuration(bytes, 2_500)).toEqual(bytes);
});
