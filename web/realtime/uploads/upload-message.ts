import type { Failure } from '../../../protocol/errors.ts';
import type { FileReference } from '../../../protocol/models.ts';
import type { SignedIn } from '../../session/session.ts';
import type { UnsentFiles } from '../outbox/outbox.ts';
import { uploads } from './uploads.ts';

/** A message that is uploaded for longer than an hour must not count as forgotten: it is stored again this often, ms. */
const TOUCH_EVERY_MS = 10 * 60_000;

/** The unsent messages with files, by their ids. */
const unsentFiles = new Map<string, UnsentFiles>();
/** Those whose files are being uploaded. */
const watched = new Set<string>();

/**
 * Uploads the files of a message that is in the outbox, and shows the outbox each that is done. After all of them have ended,
 * the message fails if one has failed: the others stay uploaded.
 */
export function uploadMessage(session: SignedIn, unsent: UnsentFiles): void {
  const { id, groupId } = unsent.entry.row;
  unsentFiles.set(id, unsent);
  if (unsent.entry.sending.state !== 'waiting') return;
  for (const file of filesOf(unsent)) uploads.retry(file.id);
  uploads.resume({ session, groupId }, filesOf(unsent));
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
      unsentFiles.delete(id);
      end();
      return;
    }
    const held = filesOf(unsent);
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
 * Leaves only these files in an unsent message, and sends it once they are uploaded. A message that is left without text and
 * files is dropped.
 */
export function keepFiles(messageId: string, isKept: (file: FileReference) => boolean): void {
  const unsent = unsentFiles.get(messageId);
  if (!unsent || !isHeld(unsent)) return;
  const { entry, entries, sending } = unsent;
  const files = filesOf(unsent).filter(isKept);
  if (files.length > 0 || (entry.row.type === 'message' && entry.row.content !== '')) {
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
  if (entry.row.type !== 'message' || entry.sending.state === 'in-flight') return;
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

function filesOf({ entry }: UnsentFiles): readonly FileReference[] {
  return (entry.row.type === 'message' && entry.row.files) || [];
}

/** Whether the message is neither sent nor dropped. */
function isHeld({ entry, entries }: UnsentFiles): boolean {
  return entries.entries.includes(entry);
}
