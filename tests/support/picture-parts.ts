import { crc32 } from 'node:zlib';

/** Stands in all metadata that the builders write: no stripped file contains it. */
export const SECRET = 'Oranienstrasse 25';

type Bytes = Uint8Array | string;

/** Bytes and Latin-1 texts one after the other. */
export function bytesOf(...parts: (Bytes | number[])[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
    ),
  );
}

export function u16(value: number): Uint8Array {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const entry = (tag: number, type: number, count: number, value: Uint8Array) =>
  bytesOf(u16(tag), u16(type), u32(count), value);

/** Exif data (a TIFF structure) with an orientation, a description and a place: 52° 31′ north, 13° 24′ east. */
export function exifOf(orientation: number): Uint8Array {
  const text = bytesOf(SECRET, '\0');
  const gpsAt = 8 + 2 + 3 * 12 + 4;
  const numbersAt = gpsAt + 2 + 4 * 12 + 4;
  const place = [52, 1, 31, 1, 0, 1, 13, 1, 24, 1, 0, 1].map(u32);
  const textAt = numbersAt + place.length * 4;
  return bytesOf(
    bytesOf('MM\0*', u32(8), u16(3)),
    entry(0x010e, 2, text.length, u32(textAt)),
    entry(0x0112, 3, 1, bytesOf(u16(orientation), u16(0))),
    entry(0x8825, 4, 1, u32(gpsAt)),
    bytesOf(u32(0), u16(4)),
    entry(1, 2, 2, bytesOf('N\0\0\0')),
    entry(2, 5, 3, u32(numbersAt)),
    entry(3, 2, 2, bytesOf('E\0\0\0')),
    entry(4, 5, 3, u32(numbersAt + 24)),
    u32(0),
    ...place,
    text,
  );
}

/** An XMP packet with a place. */
export const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description photoshop:City="${SECRET}"/></rdf:RDF></x:xmpmeta>`;

/** A segment of a JPEG with its marker. */
export const segment = (marker: number, ...content: Bytes[]): Uint8Array => {
  const bytes = bytesOf(...content);
  return bytesOf([0xff, marker], u16(bytes.length + 2), bytes);
};

/** A JPEG with these segments before all of its own. */
export const withSegments = (jpeg: Uint8Array, ...segments: Uint8Array[]): Uint8Array =>
  bytesOf(jpeg.subarray(0, 2), ...segments, jpeg.subarray(2));

/** A chunk of a PNG with its length and its checksum. */
export function pngChunk(type: string, ...content: Bytes[]): Uint8Array {
  const bytes = bytesOf(...content);
  return bytesOf(u32(bytes.length), type, bytes, u32(crc32(bytesOf(type, bytes))));
}

/** A PNG with these chunks behind its header. */
export const withChunks = (png: Uint8Array, ...chunks: Uint8Array[]): Uint8Array =>
  bytesOf(png.subarray(0, 33), ...chunks, png.subarray(33));

/** A GIF with these extensions before its pictures. It must have a table of colours. */
export function withExtensions(gif: Uint8Array, ...extensions: Uint8Array[]): Uint8Array {
  const flags = gif[10] ?? 0;
  const at = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  return bytesOf(gif.subarray(0, at), ...extensions, gif.subarray(at));
}

/** An extension of a GIF: its label, and content of at most 255 bytes in each block. */
export const gifExtension = (label: number, ...blocks: Bytes[]): Uint8Array =>
  bytesOf([0x21, label], ...blocks.flatMap((block) => [[block.length], block]), [0]);

/** A chunk of a WebP. */
export function webpChunk(name: string, ...content: Bytes[]): Uint8Array {
  const bytes = bytesOf(...content);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return bytesOf(name, length, bytes, bytes.length % 2 ? [0] : []);
}

/** A WebP of these chunks. */
export const webpOf = (...chunks: Uint8Array[]): Uint8Array => webpChunk('RIFF', 'WEBP', ...chunks);

/** A box of an MP4 or AVIF. */
export function box(type: string, ...content: Bytes[]): Uint8Array {
  const bytes = bytesOf(...content);
  return bytesOf(u32(bytes.length + 8), type, bytes);
}
