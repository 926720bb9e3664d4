import type { Failure } from '../../../protocol/errors.ts';
import { FileReference } from '../../../protocol/models.ts';
import { backoffMs } from '../../api/backoff.ts';
import { request } from '../../api/request.ts';
import type { SignedIn } from '../../session/session.ts';
import type { StoredFile } from '../cache/stored-file.ts';
import { prepareFile } from './prepare-file.ts';
import { ONE_REQUEST_BYTES, type Sent, sendAtOnce } from './send-bytes.ts';
import { Speed } from './speed.ts';
import { readStoredFile, writeStoredFile } from './stored-files.ts';
import type { UploadView } from './upload-view.ts';

/** Progress is shown at most this often, ms. */
const SHOWN_EVERY_MS = 200;
/** A server that fails for its own reasons is asked this often. A lost connection is waited for without an end. */
const ATTEMPTS = 5;

/** What an upload needs from its surroundings. */
export interface UploadParts {
  session: SignedIn;
  file: StoredFile;
  reference: FileReference;
  /** Its bytes were not found on this machine. Another tab may store them yet. */
  isLost?: boolean;
  /** Runs `work` when it is the turn of this upload. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  changed(): void;
}

/** The upload of one chosen file, until the server has it. It survives lost connections; `StoredFile` survives the page. */
export class FileUpload {
  readonly #parts: UploadParts;
  readonly #aborting = new AbortController();
  #file: StoredFile;
  #reference: FileReference;
  #view: UploadView = { state: 'preparing' };
  /** As it was named when its upload began: a repeat of the request must be the same. It is renamed after that. */
  #sentAs: FileReference | undefined;
  #shownAt = 0;

  constructor(parts: UploadParts) {
    this.#parts = parts;
    this.#file = parts.file;
    this.#reference = parts.reference;
  }

  get view(): UploadView {
    return this.#view;
  }

  /** The file as far as it is known: of this machine, then the server's. Another object when it changes. */
  get reference(): FileReference {
    return this.#reference;
  }

  get file(): StoredFile {
    return this.#file;
  }

  /** Changes its name and description; where the server has the file already, there too. */
  async describe(name: string, alt: string): Promise<void> {
    this.#know(described(this.#reference, name, alt));
    if (this.#reference.url !== '') await this.#rename(this.#reference);
  }

  /** Stops it. */
  cancel(): void {
    this.#aborting.abort(new Error('The upload was cancelled.'));
  }

  /** Uploads the file, or says in `view` why that failed. Only one tab uploads it; the others take its result. */
  async run(): Promise<void> {
    const { signal } = this.#aborting;
    try {
      await oneTab(this.#file.id, signal, () => this.#run());
    } catch (error) {
      if (!signal.aborted) this.#fail('internal', 'The file could not be read. Choose it again.');
      if (!signal.aborted) console.warn('An upload failed:', error);
    }
  }

  async #run(): Promise<void> {
    // Another tab may have uploaded it since.
    const stored = await readStoredFile(this.#file);
    if (!stored && this.#parts.isLost) {
      this.#fail('not_found', 'It is not on this device any more. Choose it again.');
      return;
    }
    this.#file = stored ?? this.#file;
    if (!this.#file.reference && !(await this.#prepare())) return;
    const uploaded = this.#file.reference ?? (await this.#send());
    if (!uploaded) return;
    const { name, metadata } = this.#reference;
    const isDescribed = name === uploaded.name && metadata.alt === uploaded.metadata.alt;
    // What is known of it here is shown until the message is there: the server may not know a width.
    this.#know(isDescribed ? uploaded : described(uploaded, name, metadata.alt ?? ''));
    if (!isDescribed) await this.#rename(this.#reference);
    await this.#store({ reference: this.#reference });
    this.#show({ state: 'done' });
  }

  async #prepare(): Promise<boolean> {
    if (!this.#file.isPrepared) {
      const prepared = await prepareFile(this.#file.blob, this.#reference.name);
      if (!prepared.ok) {
        this.#show({ state: 'failed', failure: prepared.failure });
        return false;
      }
      const { blob, name, found } = prepared.value;
      await this.#store({ blob, found, isPrepared: true });
      this.#reference = { ...this.#reference, name, type: blob.type || this.#reference.type };
    }
    const { blob, found } = this.#file;
    const metadata = { ...this.#reference.metadata, ...found };
    this.#reference = { ...this.#reference, size: blob.size, metadata };
    this.#show({ state: 'waiting', isOffline: false });
    return true;
  }

  /** Returns what the server made of the file; undefined if it refused it. */
  async #send(): Promise<FileReference | undefined> {
    const { signal } = this.#aborting;
    for (let failures = 1; ; failures += 1) {
      const sent = await this.#parts.inTurn(() => this.#attempt());
      signal.throwIfAborted();
      if (sent.ok) return sent.value;
      const isLost = !navigator.onLine || sent.failure.code === 'unavailable';
      if (!sent.mayRetry || (!isLost && failures >= ATTEMPTS)) {
        this.#show({ state: 'failed', failure: sent.failure });
        return undefined;
      }
      this.#show({ state: 'waiting', isOffline: isLost });
      await pause((sent.failure.retryAfterMs ?? 0) + backoffMs(failures, Math.random), signal);
    }
  }

  async #attempt(): Promise<Sent> {
    const { session } = this.#parts;
    const { signal } = this.#aborting;
    const speed = new Speed();
    const size = this.#file.blob.size;
    const onProgress = (sent: number) => {
      const now = performance.now();
      const bytesPerSecond = speed.add(sent, now);
      if (now < this.#shownAt + SHOWN_EVERY_MS && sent < size) return;
      this.#shownAt = now;
      this.#show({ state: 'uploading', sent, size, bytesPerSecond });
    };
    this.#show({ state: 'uploading', sent: 0, size, bytesPerSecond: 0 });
    this.#sentAs ??= this.#reference;
    const bytes = { session, file: this.#file, reference: this.#sentAs, onProgress, signal };
    if (size <= ONE_REQUEST_BYTES) return await sendAtOnce(bytes);
    const { sendInParts } = await import('./send-in-parts.ts');
    return await sendInParts(bytes, (uploadUrl) => void this.#store({ uploadUrl }));
  }

  async #rename({ id, name, metadata }: FileReference): Promise<void> {
    const changed = await request(this.#parts.session, {
      method: 'PATCH',
      path: `/api/files/${id}`,
      body: { name, alt: metadata.alt ?? '' },
      answer: FileReference,
    });
    if (changed.ok) this.#know(changed.value);
  }

  /** Replaces the reference and announces it in the same turn, so that its id always leads to this upload. */
  #know(reference: FileReference): void {
    this.#reference = reference;
    this.#parts.changed();
  }

  async #store(change: Partial<StoredFile>): Promise<void> {
    this.#file = { ...this.#file, ...change };
    await writeStoredFile(this.#file);
  }

  #fail(code: Failure['code'], detail: string): void {
    this.#show({ state: 'failed', failure: { code, detail } });
  }

  #show(view: UploadView): void {
    this.#view = view;
    this.#parts.changed();
  }
}

function described(reference: FileReference, name: string, alt: string): FileReference {
  const { alt: _, ...metadata } = reference.metadata;
  return { ...reference, name, metadata: { ...metadata, ...(alt !== '' && { alt }) } };
}

/** Waits, but not longer than until the network is back. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const back = new AbortController();
  await new Promise<void>((resolve) => {
    const listening = { once: true, signal: back.signal };
    window.addEventListener('online', () => resolve(), listening);
    signal.addEventListener('abort', () => resolve(), listening);
    setTimeout(resolve, ms);
  });
  back.abort();
  signal.throwIfAborted();
}

async function oneTab(id: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  // Missing without HTTPS.
  if (!('locks' in navigator)) return await work();
  await navigator.locks.request(`edgewise-upload ${id}`, { signal }, work);
}
