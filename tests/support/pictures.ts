import sharp from 'sharp';
import {
  bytesOf,
  exifOf,
  gifExtension,
  pngChunk,
  SECRET,
  segment,
  u16,
  u32,
  webpChunk,
  webpOf,
  withChunks,
  withExtensions,
  withSegments,
  XMP,
} from './picture-parts.ts';

const [WIDTH, HEIGHT] = [48, 32];

/** Pixels that are different in every corner, so that a turned or mirrored picture is seen. */
const pixels = (frame = 0): Uint8Array =>
  Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % WIDTH, Math.floor(at / 3 / WIDTH)];
    return [x * 5, y * 7, frame * 80][at % 3] ?? 0;
  });

const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const;
const photo = () => sharp(pixels(), { raw });
const frames = (count: number) =>
  sharp(bytesOf(...Array.from({ length: count }, (_, frame) => pixels(frame))), {
    raw: { ...raw, height: HEIGHT * count, pageHeight: HEIGHT },
  });

/** 48 × 32 pixels without metadata, in each format. */
export const plain = {
  jpeg: (): Promise<Uint8Array> => photo().jpeg().toBuffer(),
  progressive: (): Promise<Uint8Array> => photo().jpeg({ progressive: true }).toBuffer(),
  png: (): Promise<Uint8Array> => photo().png().toBuffer(),
  webp: (): Promise<Uint8Array> => photo().webp().toBuffer(),
  lossless: (): Promise<Uint8Array> => photo().webp({ lossless: true }).toBuffer(),
  gif: (): Promise<Uint8Array> => photo().gif().toBuffer(),
  avif: (): Promise<Uint8Array> => photo().avif({ effort: 0 }).toBuffer(),
};

const secretExif = {
  IFD0: { ImageDescription: SECRET },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' },
};
const xmpSegment = segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', XMP);
const iptc = segment(0xed, 'Photoshop 3.0\x008BIM\x04\x04\0\0', u32(25), '\x1c\x02\x5a', SECRET);

/** What a camera writes: Exif data with a place and this orientation, a preview, XMP, IPTC and a comment. */
export async function cameraJpeg(orientation = 1): Promise<Uint8Array> {
  return withSegments(
    await plain.progressive(),
    segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01', '\x10\x20\x30'),
    segment(0xe0, 'JFXX\0\x10', SECRET),
    segment(0xe1, 'Exif\0\0', exifOf(orientation)),
    xmpSegment,
    segment(0xe2, 'MPF\0', SECRET),
    iptc,
    segment(0xfe, SECRET),
    segment(0xeb, 'JP', SECRET),
  );
}

/** A JPEG with metadata between its scans, where a simple parser does not look. */
export async function lateMetadataJpeg(): Promise<Uint8Array> {
  const jpeg = await plain.progressive();
  const secondScan = Buffer.from(jpeg).lastIndexOf(Buffer.from([0xff, 0xda]));
  return bytesOf(jpeg.subarray(0, secondScan), xmpSegment, jpeg.subarray(secondScan));
}

/** A motion photo: a film behind the picture. */
export const motionPhoto = async (): Promise<Uint8Array> =>
  bytesOf(await plain.jpeg(), u32(24), 'ftypmp42', SECRET);

export const cmykJpeg = (): Promise<Uint8Array> => photo().toColourspace('cmyk').jpeg().toBuffer();

/** With an ICC profile (Display P3). */
export const profiledJpeg = (): Promise<Uint8Array> =>
  photo().withIccProfile('p3').jpeg().toBuffer();

/** A PNG with texts, a time, XMP, a private chunk, and Exif data with a place. */
export async function cameraPng(orientation = 1): Promise<Uint8Array> {
  return withChunks(
    await photo().withIccProfile('p3').png().toBuffer(),
    pngChunk('tEXt', 'Comment\0', SECRET),
    pngChunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0', XMP),
    pngChunk('tIME', u16(2026), '\x0b\x1b\x14\0\0'),
    pngChunk('caBX', SECRET),
    pngChunk('eXIf', exifOf(orientation)),
  );
}

export const deepPng = (): Promise<Uint8Array> => photo().toColourspace('rgb16').png().toBuffer();

/** An APNG of three frames of 100 ms. */
export async function animatedPng(): Promise<Uint8Array> {
  const png = Buffer.from(await plain.png());
  const dataAt = png.indexOf('IDAT') - 4;
  const data = png.subarray(dataAt + 8, dataAt + 8 + png.readUInt32BE(dataAt));
  const control = (sequence: number) =>
    pngChunk('fcTL', ...[sequence, WIDTH, HEIGHT, 0, 0].map(u32), u16(1), u16(10), '\0\0');
  const frame = (sequence: number) =>
    bytesOf(control(sequence), pngChunk('fdAT', u32(sequence + 1), data));
  const end = png.length - 12;
  const head = bytesOf(png.subarray(0, dataAt), pngChunk('acTL', u32(3), u32(0)), control(0));
  return bytesOf(head, png.subarray(dataAt, end), frame(1), frame(3), png.subarray(end));
}

/** A GIF of three frames of 100 ms that repeats, with a comment, a text, XMP and what a program keeps in it. */
export async function animatedGif(): Promise<Uint8Array> {
  return withExtensions(
    await frames(3)
      .gif({ delay: [100, 100, 100], loop: 0 })
      .toBuffer(),
    gifExtension(0xfe, SECRET),
    gifExtension(0xff, 'XMP DataXMP', XMP.slice(0, 250)),
    gifExtension(0xff, 'MGK8BIM0000', SECRET),
  );
}

/** A WebP of three frames of 100 ms, with Exif data and XMP. */
export const animatedWebp = (): Promise<Uint8Array> =>
  frames(3)
    .withExif(secretExif)
    .withXmp(XMP)
    .webp({ delay: [100, 100, 100], loop: 0 })
    .toBuffer();

/** A WebP with Exif data with a place and this orientation, XMP, and a chunk that nobody knows. */
export async function cameraWebp(orientation = 1): Promise<Uint8Array> {
  const simple = await plain.webp();
  const size = (pixelCount: number) => [pixelCount - 1, 0, 0];
  return webpOf(
    webpChunk('VP8X', bytesOf([0x0c, 0, 0, 0], size(WIDTH), size(HEIGHT))),
    simple.subarray(12),
    webpChunk('EXIF', exifOf(orientation)),
    webpChunk('XMP ', XMP),
    webpChunk('SECR', SECRET),
  );
}

export const cameraAvif = (): Promise<Uint8Array> =>
  photo().withExif(secretExif).withXmp(XMP).avif({ effort: 0 }).toBuffer();

/** Almost nothing but headers, which claim more pixels than a browser has memory for. */
export const bombs = {
  'image/png': (): Uint8Array =>
    bytesOf(
      '\x89PNG\r\n\x1a\n',
      pngChunk('IHDR', u32(60_000), u32(60_000), '\x08\x06\0\0\0'),
      pngChunk('IDAT', '\0'),
    ),
  'image/jpeg': (): Uint8Array =>
    bytesOf([0xff, 0xd8], segment(0xc0, '\x08', u16(60_000), u16(60_000), '\x01\x01\x11\0')),
  'image/webp': (): Uint8Array =>
    webpOf(webpChunk('VP8X', bytesOf([0, 0, 0, 0], [0xff, 0xff, 0], [0xff, 0xff, 0]))),
  'image/gif': (): Uint8Array =>
    bytesOf(
      'GIF89a',
      [0x10, 0x27, 0x10, 0x27, 0, 0, 0],
      ...Array.from({ length: 2 }, () => smallFrame),
    ),
};
const smallFrame = bytesOf(',', [0, 0, 0, 0, 1, 0, 1, 0, 0], [2, 2, 0x44, 1, 0]);

/** A page and a GIF at once: the page is in a comment and behind the end. */
export async function polyglot(): Promise<Uint8Array> {
  const page = `<html><script>alert("${SECRET}")</script>`;
  return bytesOf(withExtensions(await plain.gif(), gifExtension(0xfe, page)), page);
}

export const svgWithScript = (): Uint8Array =>
  bytesOf(
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>',
  );

/** A file without its last tenth. */
export const truncated = (bytes: Uint8Array): Uint8Array =>
  bytes.subarray(0, Math.floor(bytes.length * 0.9));
