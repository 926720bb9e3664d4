import { expect, test } from 'vitest';
import { mayBeInline } from '../../../worker/files/inline.ts';
import { mediaTypeOf } from '../../../worker/upload/media-type.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const PNG = bytes(
  '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\0IDAT',
);
const GIF = bytes('GIF89a/*<html><script>alert(1)</script>*/');
const WEBM = bytes('\x1a\x45\xdf\xa3\x93\x42\x82\x88webm\0\0\0\0\0\0\0\0\0\0');
const HEIC = bytes('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
const ZIP = bytes('PK\x03\x04\x14\0\0\0\0\0');
const TEXT = new TextEncoder().encode('# Grüße\n');
const NOISE = bytes('\x01\x02\0\xff\xfe\x80\x00');

test.each<[what: string, head: Uint8Array, claimed: string, type: string]>([
  ['a picture', PNG, 'image/png', 'image/png'],
  ['a picture that claims to be text', PNG, 'text/html', 'image/png'],
  ['a picture that claims to be another', PNG, 'image/jpeg', 'image/png'],
  ['HTML that begins as a picture', GIF, 'text/html', 'image/gif'],
  ['a HEIC picture', HEIC, 'image/jpeg', 'image/heic'],
  ['a voice in a container of films', WEBM, 'audio/webm;codecs=opus', 'audio/webm'],
  ['a film', WEBM, 'video/webm', 'video/webm'],
  ['a film that claims to be a page', WEBM, 'text/html', 'video/webm'],
  [
    'a document in a zip',
    ZIP,
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['a zip that claims to be a picture', ZIP, 'image/png', 'application/zip'],
  ['a text', TEXT, 'text/markdown; charset=utf-8', 'text/markdown'],
  ['a text without a type', TEXT, '', 'text/plain'],
  ['TypeScript, which browsers take for a film', TEXT, 'video/mp2t', 'text/plain'],
  ['a text that claims to be a picture', TEXT, 'image/png', 'text/plain'],
  ['a page', bytes('<!doctype html><p>hi'), 'text/html', 'text/html'],
  [
    'SVG',
    bytes('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    'image/svg+xml',
    'image/svg+xml',
  ],
  ['SVG with a prolog', bytes('<?xml version="1.0"?><svg/>'), 'image/svg+xml', 'image/svg+xml'],
  ['XML without a type', bytes('<?xml version="1.0"?><a/>'), '', 'application/xml'],
  ['unknown bytes', NOISE, 'application/x-game', 'application/x-game'],
  ['unknown bytes that claim to be a picture', NOISE, 'image/png', 'application/octet-stream'],
  ['unknown bytes that claim to be text', NOISE, 'text/plain', 'application/octet-stream'],
  ['unknown bytes of a malformed type', NOISE, 'a/b\r\nSet-Cookie: c', 'application/octet-stream'],
  ['nothing', new Uint8Array(), '', 'text/plain'],
])('%s', async (_what, head, claimed, type) => {
  expect(await mediaTypeOf(head, claimed)).toBe(type);
});

test.each([
  'text/html',
  'image/svg+xml',
  'application/xml',
  'text/xml',
  'application/xhtml+xml',
  'application/javascript',
])('%s is never shown inline', (type) => expect(mayBeInline(type)).toBe(false));
