import { byGroup, decide, isOldEnough, type StoredObject, storedObjectOf } from './decide.ts';
import type { SweptPlace } from './position.ts';
import type { Sweeping } from './sweeping.ts';

/**
 * Looks at a page of objects in R2, and erases those that nobody knows. Returns the last key that was dealt with; undefined after
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
    ...(after !== '' && { startAfter: after }),
  });
  const old = page.objects.filter(({ uploaded }) => isOldEnough(uploaded.getTime(), sweeping.now));
  sweeping.report.seen += page.objects.length;
  const stored: StoredObject[] = [];
  for (const { key } of old) {
    const object = storedObjectOf(key);
    if (object) stored.push(object);
    else sweeping.report.strangeKeys.push(key);
  }
  let done = after;
  for (const objects of byGroup(stored)) {
    const orphans: string[] = [];
    const end = await findOrphans(sweeping, place, objects, orphans);
    if (orphans.length > 0) await FILES.delete(orphans);
    sweeping.report.erasedKeys.push(...orphans);
    done = end.done ?? done;
    if (end.isCut) return done;
  }
  return page.truncated ? page.objects.at(-1)?.key : undefined;
}

/** Collects the orphans among objects of one group. `isCut`: no call was left, and `done` is the last one that was decided. */
async function findOrphans(
  sweeping: Sweeping,
  place: Exclude<SweptPlace, 'rows'>,
  objects: readonly StoredObject[],
  orphans: string[],
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
  let done: string | undefined;
  for (const { key, fileId } of objects) {
    const isInRoom = known?.has(fileId);
    let decision = decide({ isInRoom, isUploading: undefined });
    if (decision === 'ask') {
      if (!sweeping.takeCall()) return { done, isCut: true };
      decision = decide({ isInRoom, isUploading: await sweeping.isUploading(fileId) });
    }
    if (decision === 'erase') orphans.push(key);
    done = key;
  }
  return { done, isCut: false };
}
