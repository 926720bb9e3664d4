import { GroupId, Uuid7 } from './ids.ts';

/** Bytes of a UUID. */
const HALF = 16;

/** The id of the file that has this UUIDv7 in this group. */
export function fileIdOf(groupId: string, uuid: string): string {
  const bytes = [groupId, uuid].flatMap(bytesOf);
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The group of the file with this id; undefined if no file can have it. */
export function groupIdOfFile(fileId: string): string | undefined {
  let text: string;
  try {
    text = atob(fileId.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
  if (text.length !== 2 * HALF) return undefined;
  const groupId = GroupId.safeParse(uuidOf(text.slice(0, HALF)));
  const own = Uuid7.safeParse(uuidOf(text.slice(HALF)));
  // One file has one id: another text with the same bytes, by its unused last bits, is none.
  return groupId.success && own.success && fileIdOf(groupId.data, own.data) === fileId
    ? groupId.data
    : undefined;
}

function bytesOf(uuid: string): number[] {
  const digits = uuid.replaceAll('-', '');
  return Array.from({ length: HALF }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  );
}

function uuidOf(bytes: string): string {
  const digits = [...bytes]
    .map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
