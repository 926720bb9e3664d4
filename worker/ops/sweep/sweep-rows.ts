import { eraseFileRows, fileRowsAfter, presentFileRows } from '../../directory/files.ts';
import { fileKey } from '../../file-keys.ts';
import { byGroup } from './decide.ts';
import type { Sweeping } from './sweeping.ts';

/** Rows that are read at once. A list of R2 has twice as many keys. */
const ROWS_A_PAGE = 500;

type Row = Awaited<ReturnType<typeof fileRowsAfter>>[number];

/**
 * Looks at a page of the rows of files in D1: erases those that the Room does not know, and reports files whose bytes are missing.
 * Returns the place of the last row that was dealt with; undefined after the last page.
 */
export async function sweepRows(sweeping: Sweeping, after: string): Promise<string | undefined> {
  if (!sweeping.takeCall()) return after;
  const [groupId = '', id = ''] = after.split('/');
  const rows = await fileRowsAfter(sweeping.env.DB, { groupId, id }, ROWS_A_PAGE);
  let done = after;
  for (const ofGroup of byGroup(rows)) {
    if (!sweeping.takeCall()) return done;
    await sweepGroup(sweeping, ofGroup);
    sweeping.report.seen += ofGroup.length;
    const last = ofGroup.at(-1);
    if (last) done = `${last.groupId}/${last.id}`;
  }
  return rows.length === ROWS_A_PAGE ? done : undefined;
}

/** Looks at consecutive rows of one group. */
async function sweepGroup(sweeping: Sweeping, rows: readonly Row[]): Promise<void> {
  const { env, report } = sweeping;
  const groupId = rows[0]?.groupId ?? '';
  const known = await sweeping.knownIn(
    groupId,
    rows.map(({ id }) => id),
  );
  if (!known) return;
  const unknown = rows.flatMap(({ id }) => (known.has(id) ? [] : [id]));
  if (unknown.length > 0) {
    await eraseFileRows(env.DB, groupId, unknown);
    report.erasedRows.push(...unknown);
  }
  const expected = rows.filter(({ id, goneAt }) => goneAt === null && known.has(id));
  const stored = await storedAmong(sweeping, expected);
  const missing = expected.flatMap(({ id }) => (stored.has(fileKey(id)) ? [] : [id]));
  if (missing.length === 0) return;
  // A Room says in D1 that a file is gone before it erases the bytes, so one that was erased just now is not among these.
  const withoutBytes = await presentFileRows(env.DB, groupId, missing);
  if (withoutBytes.length === 0) return;
  report.withoutBytes.push(...withoutBytes);
  console.error(JSON.stringify({ event: 'file_bytes_missing', groupId, ids: withoutBytes }));
}

/** The keys in R2 from the first of these files to the last. */
async function storedAmong(sweeping: Sweeping, rows: readonly Row[]): Promise<Set<string>> {
  const keys = new Set<string>();
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return keys;
  // Just before the first key.
  let startAfter = fileKey(first.id).slice(0, -1);
  for (;;) {
    sweeping.takeCall();
    const page = await sweeping.env.FILES.list({ prefix: fileKey(''), startAfter });
    for (const { key } of page.objects) keys.add(key);
    const end = page.objects.at(-1)?.key;
    if (!page.truncated || end === undefined || end >= fileKey(last.id)) return keys;
    startAfter = end;
  }
}
