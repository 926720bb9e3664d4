import { expect, test } from 'vitest';
import { cleanFileName } from '../../../protocol/file-name.ts';

test.each<[what: string, given: string, stored: string]>([
  ['a plain name', 'notes.txt', 'notes.txt'],
  ['a path of Unix', '../../etc/passwd', 'passwd'],
  ['a path of Windows', 'C:\\Users\\Ada\\notes.txt', 'notes.txt'],
  ['a folder', 'photos/', 'photos'],
  ['two dots', '..', 'file'],
  ['nothing', '', 'file'],
  ['white space', ' \u200b ', 'file'],
  ['quotes', 'say "hi".txt', 'say "hi".txt'],
  ['line breaks', 'a\r\nSet-Cookie: b', 'a Set-Cookie: b'],
  ['control characters', 'a\u0000\u0007b.txt', 'ab.txt'],
  ['marks that turn the direction', 'exe\u202egpj.exe', 'exegpj.exe'],
  ['emoji', '👩‍👩‍👧.png', '👩‍👩‍👧.png'],
  ['decomposed letters', 'u\u0308.txt', 'ü.txt'],
  ['half a character', 'a\ud800.txt', 'a\ufffd.txt'],
  ['255 bytes', `${'a'.repeat(251)}.txt`, `${'a'.repeat(251)}.txt`],
  ['256 bytes', `${'a'.repeat(252)}.txt`, `${'a'.repeat(251)}.txt`],
  ['too many emoji', `${'👩‍👩‍👧'.repeat(20)}.png`, `${'👩‍👩‍👧'.repeat(13)}.png`],
  ['too many bytes without an ending', 'ü'.repeat(200), 'ü'.repeat(127)],
])('%s', (_what, given, stored) => {
  expect(cleanFileName(given)).toBe(stored);
  expect(new TextEncoder().encode(cleanFileName(given)).length).toBeLessThanOrEqual(255);
});
