import type { Failure } from '../../../protocol/errors.ts';
import { FileReference } from '../../../protocol/models.ts';
import { request } from '../../api/request.ts';
import type { SignedIn } from '../../session/session.ts';
import { filesOf, isUploading } from '../cache/outbox-row.ts';
import type { UnsentFiles } from '../outbox/outbox.ts';
import { uploads } from './uploads.ts';

/** A message that is uploaded for longer than an hour must not count as forgotten: it is stored again this often, ms. */
const TOUCH_EVERY_MS = 10 * 60_000;

/** The unsent messages and edits with files, by the ids of their messages. */
const unsentFiles = new Map<string, UnsentFiles>();
/** The ids of the rows whose files are being uploaded. */
const watched = new Set<string>();

/**
 * Uploads the files of a message or an edit that is in the outbox, and shows the outbox each that is done. After all of them
 * have ended, it fails if one has failed: the others stay uploaded.
 */
export function uploadMessage(session: SignedIn, unsent: UnsentFiles): void {
  const { id, groupId } = unsent.entry.row;
  unsentFiles.set(messageIdOf(unsent), unsent);
  if (unsent.entry.sending.state === 'refused') void uploadGone(session, unsent);
  if (unsent.entry.sending.state !== 'waiting') return;
  const files = filesOf(unsent.entry.row);
  for (const file of files) uploads.retry(file.id);
  uploads.resume({ session, groupId }, files);
  if (watched.has(id)) return;
  watched.add(id);
  let touchedAt = Date.now();
  const stop = uploads.subscribe(look);
  look();

  function end(): void {
    stop();
    watched.delete(id);
  }

  function look(): void {
    if (!isHeld(unsent)) {
      // A later edit of the same message may have taken its place.
      if (unsentFiles.get(messageIdOf(unsent)) === unsent) unsentFiles.delete(messageIdOf(unsent));
      end();
      return;
    }
    const held = filesOf(unsent.entry.row);
    const latest = held.map((file) => uploads.latest(file));
    const waiting = latest.filter(({ url }) => url === '');
    const failures = waiting.flatMap((file) => {
      const view = uploads.view(file.id);
      return view?.state === 'failed' ? [{ file, failure: view.failure }] : [];
    });
    if (waiting.length === failures.length) end();
    const [first] = failures;
    if (first && waiting.length === failures.length) {
      const { code, detail } = first.failure;
      const what =
        failures.length === 1 ? `${first.file.name} was` : `${failures.length} files were`;
      replaceFiles(unsent, latest, { code, detail: `${what} not uploaded. ${detail}` });
      return;
    }
    const isLong = Date.now() > touchedAt + TOUCH_EVERY_MS;
    if (!isLong && latest.every((file, n) => file === held[n])) return;
    touchedAt = Date.now();
    replaceFiles(unsent, latest);
  }
}

/**
 * The server erases files that were not sent within a day, and then refuses their message: uploads those again. One that is not
 * stored here any more fails, and the message says so.
 */
async function uploadGone(session: SignedIn, unsent: UnsentFiles): Promise<void> {
  const { entry } = unsent;
  const { row, sending } = entry;
  const files = filesOf(row);
  const isFault = sending.state === 'refused' && sending.failure.code === 'invalid';
  // Without the file that failed its upload nothing was sent yet.
  if (!isFault || isUploading(row)) return;
  const gone = await Promise.all(files.map((file) => isGone(session, file)));
  if (!gone.includes(true)) return;
  const place = { session, groupId: row.groupId };
  const next = await Promise.all(
    files.map((file, n) => (gone[n] ? uploads.again(place, file) : file)),
  );
  // The user may have decided meanwhile.
  if (!isHeld(unsent) || entry.row !== row) return;
  replaceFiles(unsent, next);
  uploadMessage(session, unsent);
}

async function isGone(session: SignedIn, { id }: FileReference): Promise<boolean> {
  const found = await request(session, {
    path: `/api/files/metadata/${id}`,
    answer: FileReference,
  });
  return !found.ok && found.failure.code === 'not_found';
}

/**
 * Leaves only these files in an unsent message or edit, and sends it once they are uploaded. What is left without text and
 * files is dropped.
 */
export function keepFiles(messageId: string, isKept: (file: FileReference) => boolean): void {
  const unsent = unsentFiles.get(messageId);
  if (!unsent || !isHeld(unsent)) return;
  const { entry, entries, sending } = unsent;
  const files = filesOf(entry.row).filter(isKept);
  if (files.length > 0 || ('content' in entry.row && entry.row.content !== '')) {
    replaceFiles(unsent, files);
    return;
  }
  entries.drop(entry);
  sending.next();
}

/** With a `failure` the message waits for the user to decide. */
function replaceFiles(
  { entry, entries, sending }: UnsentFiles,
  files: readonly FileReference[],
  failure?: Failure,
): void {
  if (!('content' in entry.row) || entry.sending.state === 'in-flight') return;
  const { failure: _, ...row } = entry.row;
  const queuedAt = Date.now();
  entries.replace(entry, { ...row, files: [...files], queuedAt, ...(failure && { failure }) });
  if (failure) entry.become({ state: 'refused', failure });
  else {
    // A stale one still asks.
    if (entry.sending.state === 'refused') entry.become({ state: 'waiting', notBefore: 0 });
    sending.expectAnswer(entry);
  }
  entries.rebuildView();
  sending.next();
}

/** The id by which the page knows an unsent message, or the message that is edited. */
function messageIdOf({ entry: { row } }: UnsentFiles): string {
  return row.type === 'message' ? row.id : row.messageId;
}

/** Whether the message is neither sent nor dropped. */
function isHeld({ entry, entries }: UnsentFiles): boolean {
  return entries.entries.includes(entry);
}
