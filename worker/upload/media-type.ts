import { fileTypeFromBuffer } from 'file-type';

/** How many first bytes tell a type: what the sniffing library asks for. */
export const SNIFFED_BYTES = 4_100;
/** What is served for bytes of an unknown kind. */
const UNKNOWN = 'application/octet-stream';

/** Containers whose content their first bytes do not tell. A claimed type that is such a container is believed. */
const CONTAINERS: Readonly<Record<string, RegExp>> = {
  'application/zip':
    /^application\/(vnd\.openxmlformats-officedocument\.|vnd\.oasis\.opendocument\.|vnd\.ms-|epub\+zip$|java-archive$|vnd\.android\.package-archive$)/,
  'application/x-cfb': /^application\/(msword$|vnd\.ms-|vnd\.visio$)/,
  'video/mp4': /^audio\/(mp4|x-m4a)$/,
  'video/webm': /^audio\/webm$/,
  'video/matroska': /^audio\/(matroska|x-matroska)$/,
  'video/ogg': /^audio\/(ogg|opus)$/,
};
/** Types of text. XML, HTML and SVG are among them: whatever they hold, they are documents. */
const TEXT =
  /^(text\/[\w.+-]+|application\/(json|xml|javascript|ecmascript|x-javascript|x-sh|sql|yaml|toml|x-yaml|rtf|[\w.-]+\+(json|xml))|image\/svg\+xml)$/;
/** Types whose bytes would be recognised. A file that only claims one of them has other bytes. */
const RECOGNISED = /^(image|video|audio|font)\/|^application\/(pdf|zip|gzip)$/;
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}$/;

/**
 * The media type of a file by its first bytes (`SNIFFED_BYTES` of them, or all), without parameters. They win over the type that
 * the client claims, which only decides what they leave open.
 */
export async function mediaTypeOf(head: Uint8Array, claim: string): Promise<string> {
  const claimed = bare(claim);
  const sniffed = await sniff(head);
  const isText = sniffed === undefined || sniffed === 'application/xml';
  if (isText && isReadable(head)) {
    if (TEXT.test(claimed)) return claimed;
    return sniffed ?? 'text/plain';
  }
  if (sniffed !== undefined) return CONTAINERS[sniffed]?.test(claimed) ? claimed : sniffed;
  if (TEXT.test(claimed) || RECOGNISED.test(claimed) || !MEDIA_TYPE.test(claimed)) return UNKNOWN;
  return claimed;
}

async function sniff(head: Uint8Array): Promise<string | undefined> {
  try {
    return bare((await fileTypeFromBuffer(head))?.mime ?? '') || undefined;
  } catch {
    // A file that ends in the middle of its header is of no kind.
    return undefined;
  }
}

/** Whether these bytes are the beginning of a text in UTF-8, or in UTF-16 with a byte order mark. */
function isReadable(head: Uint8Array): boolean {
  const hasUtf16Mark =
    (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (hasUtf16Mark) return true;
  if (head.includes(0)) return false;
  try {
    // The last character may be cut off.
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function bare(type: string): string {
  return type.split(';', 1).join().trim().toLowerCase();
}
