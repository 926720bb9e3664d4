import { groupIdOfFile } from '../../../protocol/file-id.ts';
import { UPLOAD_KEPT_MS } from '../../../protocol/limits.ts';
import { fileIdIn } from '../../file-keys.ts';

/** An object in R2 that belongs to a file. */
export interface StoredObject {
  key: string;
  fileId: string;
  groupId: string;
  /** Whose storage the bytes take, where that is known. */
  userId?: string | undefined;
}

/** The file of an object; undefined if no file can have this key. */
export function storedObjectOf(key: string): StoredObject | undefined {
  const fileId = fileIdIn(key);
  const groupId = fileId === undefined ? undefined : groupIdOfFile(fileId);
  return fileId === undefined || groupId === undefined ? undefined : { key, fileId, groupId };
}

/** Whether an object may be an orphan: younger ones may belong to an upload or a variant that is being made. */
export function isOldEnough(uploadedAt: number, now: number): boolean {
  return now - uploadedAt > UPLOAD_KEPT_MS;
}

/** What is known of bytes that are old enough. Undefined: who would know did not answer, or was not asked. */
export interface Owners {
  isInRoom: boolean | undefined;
  isUploading: boolean | undefined;
}

/** What to do about them. `ask`: the Room does not know them, so their Upload is to be asked. */
export function decide({ isInRoom, isUploading }: Owners): 'keep' | 'ask' | 'erase' {
  if (isInRoom !== false) return 'keep';
  if (isUploading === undefined) return 'ask';
  return isUploading ? 'keep' : 'erase';
}

/** Splits what is in order into runs of the same group. */
export function byGroup<T extends { groupId: string }>(items: readonly T[]): T[][] {
  const runs: T[][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last?.[0]?.groupId === item.groupId) last.push(item);
    else runs.push([item]);
  }
  return runs;
}
