import type { Env } from '../../env.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import { roomOf } from '../../room/room-of.ts';
import { uploadOf } from '../../upload/upload-of.ts';
import { within } from '../../within.ts';
import type { SweepReport } from './report.ts';

const ANSWER_WITHIN_MS = 10_000;

/** One invocation of a sweep. */
export class Sweeping {
  readonly env: Env;
  /** Ms UTC. */
  readonly now: number;
  readonly report: SweepReport;
  /** How many more objects and lists it may ask. */
  #callsLeft: number;

  constructor(env: Env, now: number, calls: number, report: SweepReport) {
    this.env = env;
    this.now = now;
    this.#callsLeft = calls;
    this.report = report;
  }

  /** Whether another call may be made, which is counted. */
  takeCall(): boolean {
    if (this.#callsLeft <= 0) return false;
    this.#callsLeft -= 1;
    return true;
  }

  isOver(): boolean {
    return this.#callsLeft <= 0;
  }

  /** Those of these files that the group's Room knows; undefined, and reported, if it does not answer. */
  async knownIn(groupId: string, fileIds: Iterable<string>): Promise<Set<string> | undefined> {
    try {
      const asked = roomOf(this.env, groupId).knownFiles([...new Set(fileIds)]);
      const known = await within(ANSWER_WITHIN_MS, asked);
      if (known.ok) return new Set(known.value);
      // Neither the Room nor D1 has the group, or it was deleted.
      if (known.failure.code === 'not_found') return new Set();
    } catch {
      // Reported like a failure.
    }
    this.report.unanswered.push(groupId);
    return undefined;
  }

  /** Lets a Room write these files to D1 again, which lacks them; reported, also if it does not answer. */
  async mirrorAgain(groupId: string, fileIds: string[]): Promise<void> {
    try {
      const asked = roomOf(this.env, groupId).mirrorFiles(fileIds);
      const mirrored = await within(ANSWER_WITHIN_MS, asked);
      if (mirrored.ok) this.report.mirroredRows.push(...mirrored.value);
    } catch {
      this.report.unanswered.push(groupId);
    }
  }

  /** Gives a user the storage of a file back. Returns false, which is reported, if their Inbox does not answer. */
  async release(userId: string, fileId: string): Promise<boolean> {
    try {
      await within(ANSWER_WITHIN_MS, inboxOf(this.env, userId).releaseStorage([fileId]));
      return true;
    } catch {
      this.report.unanswered.push(userId);
      return false;
    }
  }

  /** Whether an upload of this file runs; undefined, and reported, if it does not answer. */
  async isUploading(fileId: string): Promise<boolean | undefined> {
    try {
      return await within(ANSWER_WITHIN_MS, uploadOf(this.env, fileId).isRunning());
    } catch {
      this.report.unanswered.push(fileId);
      return undefined;
    }
  }
}
