import { fileRowsAmong } from '../../directory/files.ts';
import { ownerOf } from '../../file-owner.ts';
import { byGroup, decide, isOldEnough, type StoredObject, storedObjectOf } from './decide.ts';
import type { SweptPlace } from './position.ts';
import type { Sweeping } from './sweeping.ts';

/**
 * Looks at a page of objects in R2, and erases those that nobody knows. Their storage is given back before, and files that D1
 * lacks are written there again. Returns the last key that was dealt with; undefined after
 * the last page.
 */
export async function sweepBytes(
  sweeping: Sweeping,
  place: Exclude<SweptPlace, 'rows'>,
  after: string,
): Promise<string | undefined> {
  if (!sweeping.takeCall()) return after;
  const { FILES } = sweeping.env;
  const page = await FILES.list({
    prefix: `${place}/`,
    include: ['customMetadata'],
    ...(after !== '' && { startAfter: after }),
  });
  const old = page.objects.filter(({ uploaded }) => isOldEnough(uploaded.getTime(), sweeping.now));
  sweeping.report.seen += page.objects.length;
  const stored: StoredObject[] = [];
  for (const found of old) {
    const object = storedObjectOf(found.key);
    if (object) stored.push({ ...object, userId: ownerOf(found) });
    else sweeping.report.strangeKeys.push(found.key);
  }
  const rows = place === 'files' ? await fileRowsAmong(sweeping.env.DB, stored) : undefined;
  let done = after;
  for (const objects of byGroup(stored)) {
    const orphans: string[] = [];
    const end = await findOrphans(sweeping, place, objects, { orphans, rows });
    if (orphans.length > 0) await FILES.delete(orphans);
    sweeping.report.erasedKeys.push(...orphans);
    done = end.done ?? done;
    if (end.isCut) return done;
  }
  return page.truncated ? page.objects.at(-1)?.key : undefined;
}

/** Collects the orphans among objects of one group; `rows` are the files that D1 has.  `isCut`: no call was left, and `done` is the last one that was decided. */
async function findOrphans(
  sweeping: Sweeping,
  place: Exclude<SweptPlace, 'rows'>,
  objects: readonly StoredObject[],
  { orphans, rows }: { orphans: string[]; rows: ReadonlySet<string> | undefined },
): Promise<{ done?: string | undefined; isCut: boolean }> {
  let known: Set<string> | undefined = new Set();
  // What an unfinished upload keeps is never in a Room.
  if (place !== 'uploads') {
    if (!sweeping.takeCall()) return { isCut: true };
    known = await sweeping.knownIn(
      objects[0]?.groupId ?? '',
      objects.map(({ fileId }) => fileId),
    );
  }
  const unmirrored = objects.flatMap(({ fileId }) =>
    rows && known?.has(fileId) && !rows.has(fileId) ? [fileId] : [],
  );
  if (unmirrored.length > 0) {
    if (!sweeping.takeCall()) return { isCut: true };
    await sweeping.mirrorAgain(objects[0]?.groupId ?? '', unmirrored);
  }
  let done: string | undefined;
  for (const { key, fileId, userId } of objects) {
    const isInRoom = known?.has(fileId);
    let decision = decide({ isInRoom, isUploading: undefined });
    if (decision === 'ask') {
      if (!sweeping.takeCall()) return { done, isCut: true };
      decision = decide({ isInRoom, isUploading: await sweeping.isUploading(fileId) });
    }
    if (decision === 'erase' && place === 'files' && userId !== undefined) {
      if (!sweeping.takeCall()) return { done, isCut: true };
      // Once the bytes are gone, nobody would know whose they were.
      if (!(await sweeping.release(userId, fileId))) decision = 'keep';
    }
    if (decision === 'erase') orphans.push(key);
    done = key;
  }
  return { done, isCut: false };
}
