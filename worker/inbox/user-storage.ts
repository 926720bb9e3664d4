import { fail, ok, type Result } from '../../protocol/errors.ts';
import type { Storage } from '../../protocol/files.ts';
import { sizeInWords } from '../../protocol/size-in-words.ts';
import type { StoredFiles } from './rows/stored-files.ts';

/** No file has this id: what is counted without it is everything. */
const NONE = '';

/** How many bytes all files of a user take, and whether another fits. */
export class UserStorage {
  readonly #files: StoredFiles;
  readonly #limit: number;

  /** `limit` in bytes. */
  constructor(files: StoredFiles, limit: number) {
    this.#files = files;
    this.#limit = limit;
  }

  /** Counts a file. A repeat counts it once, with its last size. `too_large` above the limit, and then nothing is counted. */
  reserve(fileId: string, size: number): Result<null> {
    const others = this.#files.sizeWithout(fileId);
    if (others + size > this.#limit) {
      return fail(
        'too_large',
        `Your files take ${sizeInWords(others)} of the ${sizeInWords(this.#limit)} that you have, and this one ` +
          `would add ${sizeInWords(size)}. Delete messages with files that you no longer need first.`,
      );
    }
    this.#files.put(fileId, size);
    return ok(null);
  }

  release(fileIds: readonly string[]): void {
    this.#files.remove(fileIds);
  }

  total(): Storage {
    return { used: this.#files.sizeWithout(NONE), limit: this.#limit };
  }
}
