import type { FileReference } from '../../../protocol/models.ts';
import type { SignedIn } from '../../session/session.ts';
import type { MessageRow } from '../cache/outbox-row.ts';
import { uploads } from './uploads.ts';

/** The part of the outbox that an uploading message needs. */
interface Unsent {
  setFiles(id: string, files: readonly FileReference[], failure?: NonNullable<MessageRow['failure']>): void;
  filesOf(id: string): readonly FileReference[] | undefined;
}

/** A message that is uploaded for longer than an hour must not count as forgotten: it is stored again this often, ms. */
const TOUCH_EVERY_MS = 10 * 60_000;

/** The messages whose files are being uploaded. */
const watched = new Set<string>();

/**
 * Uploads the files of a message that is in the outbox, and tells the outbox of each that is done. After all of them have
 * ended, the message fails if one has failed: the others stay uploaded.
 */
export function uploadMessage(session: SignedIn, { id, groupId, files = [] }: MessageRow, outbox: Unsent): void {
  for (const file of files) uploads.retry(file.id);
  uploads.resume({ session, groupId }, files);
  if (watched.has(id)) return;
  watched.add(id);
  let touchedAt = Date.now();
  const stop = uploads.subscribe(() => look());
  look();

  function end(): void {
    stop();
    watched.delete(id);
  }

  function look(): void {
    const held = outbox.filesOf(id);
    if (!held) return end();
    const latest = held.map((file) => uploads.latest(file));
    const waiting = latest.filter(({ url }) => url === '');
    const views = waiting.flatMap((file) => uploads.view(file.id) ?? []);
    const failures = views.flatMap((view) => (view.state === 'failed' ? [view.failure] : []));
    const isOver = waiting.length === failures.length;
    if (isOver) end();
    const [failure] = isOver ? failures : [];
    if (failure) {
      const which = waiting.length === 1 ? `${waiting[0]?.name} was not uploaded` : `${waiting.length} files were not uploaded`;
      outbox.setFiles(id, latest, { code: failure.code, detail: `${which}. ${failure.detail}` });
      return;
    }
    const isLong = Date.now() > touchedAt + TOUCH_EVERY_MS;
    if (!isLong && latest.every((file, n) => file === held[n])) return;
    touchedAt = Date.now();
    outbox.setFiles(id, latest);
  }
}
