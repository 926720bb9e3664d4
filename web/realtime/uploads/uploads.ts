import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod/mini';
import { fileIdOf } from '../../../protocol/file-id.ts';
import type { FileReference } from '../../../protocol/models.ts';
import { request } from '../../api/request.ts';
import type { SignedIn } from '../../session/session.ts';
import { watchErasing } from '../cache/local-database.ts';
import type { StoredFile } from '../cache/stored-file.ts';
import { keepPreview } from './previews.ts';
import {
  eraseStoredFile,
  eraseUnusedFiles,
  readStoredFile,
  readUploadedFile,
  writeStoredFile,
} from './stored-files.ts';
import { FileUpload } from './upload.ts';
import type { UploadView } from './upload-view.ts';

export type { UploadView } from './upload-view.ts';

/** More at once would only make each slower. */
const AT_ONCE = 3;

/** A group and who writes in it. */
export interface UploadPlace {
  session: SignedIn;
  groupId: string;
}

/** The uploads of this page, by the id of each file: the one that this machine gave it, and the server's. */
export class Uploads {
  readonly #uploads = new Map<string, FileUpload>();
  readonly #listeners = new Set<() => void>();
  readonly #opening = new Set<string>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #version = 0;

  constructor() {
    watchErasing(({ userId, groupId }) => {
      for (const [id, upload] of this.#uploads) {
        const { file } = upload;
        if (file.userId !== userId || (groupId ?? file.groupId) !== file.groupId) continue;
        upload.cancel();
        this.#forget(id);
      }
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Grows with each change of any upload (for `useSyncExternalStore`). */
  readonly getVersion = (): number => this.#version;

  /**
   * Takes chosen files and begins to upload them. Returns them as they are attached to a message. A recording comes with what is
   * known of it (`found`), and is uploaded as it is.
   */
  add(
    { session, groupId }: UploadPlace,
    chosen: readonly File[],
    found?: StoredFile['found'],
  ): FileReference[] {
    const now = Date.now();
    void eraseUnusedFiles(session.userId, now);
    return chosen.map((file) => {
      const stored: StoredFile = {
        userId: session.userId,
        groupId,
        id: fileIdOf(groupId, uuidv7()),
        createdAt: now,
        blob: file,
        isPrepared: found !== undefined,
        found: found ?? {},
      };
      const reference: FileReference = {
        id: stored.id,
        name: file.name || 'file',
        type: file.type || 'application/octet-stream',
        size: file.size,
        url: '',
        metadata: { ...found, uploadedBy: session.userId, uploadedAt: now },
      };
      void writeStoredFile(stored);
      this.#begin(session, stored, reference);
      return reference;
    });
  }

  /** Goes on with files that were chosen before a reload. A file that is not stored here any more fails. */
  resume({ session, groupId }: UploadPlace, references: readonly FileReference[]): void {
    for (const reference of references) {
      const { id } = reference;
      if (reference.url !== '' || this.#uploads.has(id) || this.#opening.has(id)) continue;
      this.#opening.add(id);
      const place = { userId: session.userId, groupId, id };
      void readStoredFile(place).then((stored) => {
        this.#opening.delete(id);
        const lost = { ...place, createdAt: 0, blob: new Blob([]), isPrepared: true, found: {} };
        this.#begin(session, stored ?? lost, reference, !stored);
      });
    }
  }

  /**
   * Uploads a file once more that the server has erased. Returns it as it is attached to a message, under a new id: the server
   * answers a repeat of the old one with what it made of that.
   */
  async again(place: UploadPlace, reference: FileReference): Promise<FileReference> {
    const { session, groupId } = place;
    const where = { userId: session.userId, groupId, id: reference.id };
    const known = this.#uploads.get(reference.id)?.file;
    const found = known?.blob.size ? known : await readUploadedFile(where);
    const again = { ...reference, id: fileIdOf(groupId, uuidv7()), url: '' };
    this.#forget(reference.id);
    if (!found) {
      this.resume(place, [again]);
      return again;
    }
    const { uploadUrl: _, reference: __, ...file } = found;
    const stored = { ...file, id: again.id, createdAt: Date.now() };
    await writeStoredFile(stored);
    this.#begin(session, stored, again);
    return again;
  }

  /** How far the upload of this file is; undefined for one that this page does not upload. */
  view(id: string): UploadView | undefined {
    return this.#uploads.get(id)?.view;
  }

  /** An id of the file that stays the same when it is uploaded, while this page is open. */
  lastingId(id: string): string {
    return this.#uploads.get(id)?.file.id ?? id;
  }

  /** The file as it is known by now: the server's once it is uploaded. Returns the same object without news. */
  latest(reference: FileReference): FileReference {
    return this.#uploads.get(reference.id)?.reference ?? reference;
  }

  /** Uploads a failed file again. */
  retry(id: string): void {
    const upload = this.#uploads.get(id);
    if (upload?.view.state === 'failed') void upload.run();
  }

  /** Changes the name and the description (`""` for none) of a file that is not sent. */
  async describe(
    { session }: UploadPlace,
    reference: FileReference,
    { name, alt }: { name: string; alt: string },
  ): Promise<FileReference> {
    const upload = this.#uploads.get(reference.id) ?? this.#known(session, reference);
    await upload.describe(name, alt);
    return upload.reference;
  }

  /** Takes a file out of a message that is not sent: stops its upload, and deletes it here and on the server. */
  remove({ session, groupId }: UploadPlace, { id, url }: FileReference): void {
    const upload = this.#uploads.get(id);
    upload?.cancel();
    this.#forget(id);
    void eraseStoredFile({ userId: session.userId, groupId, id: upload?.file.id ?? id });
    const uploaded = url === '' ? upload?.file.reference?.id : id;
    if (uploaded === undefined) return;
    void request(session, { method: 'DELETE', path: `/api/files/${uploaded}`, answer: z.null() });
  }

  #begin(session: SignedIn, file: StoredFile, reference: FileReference, isLost = false): void {
    const upload: FileUpload = new FileUpload({
      session,
      file,
      reference,
      isLost,
      inTurn: (work) => this.#inTurn(work),
      changed: () => {
        this.#index(upload);
        this.#changed();
      },
    });
    this.#index(upload);
    void upload.run();
    this.#changed();
  }

  /** An uploaded file that this page only knows by its reference. */
  #known(session: SignedIn, reference: FileReference): FileUpload {
    const { id, metadata } = reference;
    const file = {
      userId: session.userId,
      groupId: '',
      id,
      createdAt: metadata.uploadedAt,
      blob: new Blob([]),
      isPrepared: true,
      found: {},
      reference,
    };
    return new FileUpload({
      session,
      file,
      reference,
      inTurn: (work) => this.#inTurn(work),
      changed: () => this.#changed(),
    });
  }

  #index(upload: FileUpload): void {
    const { file, reference } = upload;
    const ids = [file.id, reference.id];
    for (const id of ids) this.#uploads.set(id, upload);
    // A picture that browsers cannot show is first converted.
    if (file.isPrepared && file.blob.size > 0) keepPreview(ids, file.blob);
  }

  #forget(id: string): void {
    const upload = this.#uploads.get(id);
    for (const it of [id, upload?.file.id, upload?.reference.id]) this.#uploads.delete(it ?? '');
    this.#changed();
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** The uploads of this page. */
export const uploads: Uploads = new Uploads();
