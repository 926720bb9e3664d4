import { box, bytesOf, SECRET, u16, u32, XMP } from './picture-parts.ts';

const zeros = (count: number) => new Uint8Array(count);
const XYZ = bytesOf('\xa9xyz');

/** A user data box with a place, as phones write it. */
const place = box(
  'udta',
  box(
    XYZ.reduce((name, byte) => name + String.fromCharCode(byte), ''),
    u16(18),
    u16(0x15c7),
    '+52.5000+013.4000/',
  ),
  box('name', SECRET),
);

/** The header of a film: 1,000 units a second. */
const filmHeader = (durationMs: number) =>
  box('mvhd', zeros(12), u32(1_000), u32(durationMs), zeros(80));

/** The header of a track of this stored size in pixels; `isTurned` plays it upright from a phone held upright. */
function trackHeader(width: number, height: number, isTurned: boolean): Uint8Array {
  const [one, none, last] = [u32(0x10000), u32(0), u32(0x40000000)];
  const matrix = isTurned
    ? [none, one, none, u32(0xffff0000), none, none, none, none, last]
    : [one, none, none, none, one, none, none, none, last];
  return box('tkhd', zeros(40), ...matrix, u32(width * 0x10000), u32(height * 0x10000));
}

/**
 * The boxes of a film of 640 × 360 pixels and 12.5 s that was made at a place, with user data, QuickTime keys and XMP. It has
 * all that a parser looks at, and nothing that a player could play.
 */
export function filmWithPlace({ isTurned = false, brand = 'isom' } = {}): Uint8Array {
  return bytesOf(
    box('ftyp', brand, u32(512), brand),
    box('uuid', '\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac', XMP),
    box('mdat', 'the pictures'),
    box(
      'moov',
      filmHeader(12_500),
      box(
        'trak',
        trackHeader(640, 360, isTurned),
        box(
          'mdia',
          box('mdhd', zeros(24)),
          box('udta', SECRET),
          box('minf', box('stbl', box('stco', u32(0)))),
        ),
        place,
      ),
      box('meta', 'com.apple.quicktime.location.ISO6709', SECRET),
      place,
    ),
  );
}
