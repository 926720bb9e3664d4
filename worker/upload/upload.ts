import { DurableObject } from 'cloudflare:workers';
import { assertNever } from '../../protocol/assert-never.ts';
import { fail, ok, type Result } from '../../protocol/errors.ts';
import { groupIdOfFile } from '../../protocol/file-id.ts';
import { UPLOAD_KEPT_MS } from '../../protocol/limits.ts';
import { Agenda } from '../agenda.ts';
import { systemClock } from '../clock.ts';
import type { Env } from '../env.ts';
import { inboxOf } from '../inbox/inbox-of.ts';
import { roomOf } from '../room/room-of.ts';
import type { RoomRpc } from '../room/room-rpc.ts';
import { durableSql, type ObjectSql } from '../sql.ts';
import { nextStep } from './finish.ts';
import { discard, type Receiving, receive } from './receive.ts';
import { Turns } from './turns.ts';
import type { Chunk, NewUpload, UploadResult, UploadRpc, UploadState } from './upload-rpc.ts';
import { type UploadRow, UploadStore } from './upload-store.ts';

/** `finish`: all bytes are there, and the last try to hand them over failed. `expire`: the upload is dropped. */
const TASKS = ['finish', 'expire'] as const;
type Task = (typeof TASKS)[number];
const FINISH_AGAIN_MS = 30_000;

/** The rows of an upload that has begun. */
interface Begun {
  store: UploadStore;
  agenda: Agenda<Task>;
}

/**
 * The Durable Object of one upload, named by the id of the file that it becomes: it keeps in R2 what has arrived, and hands the
 * file to its Room. Only one request at a time writes. An unfinished upload is dropped after `UPLOAD_KEPT_MS`.
 */
export class Upload extends DurableObject<Env> implements UploadRpc {
  readonly #sql: ObjectSql;
  readonly #turns = new Turns();
  /** Undefined until the upload begins: a made-up id must not leave anything behind. */
  #begun: Begun | undefined;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#sql = durableSql(state.storage);
    if (UploadStore.isIn(this.#sql)) this.#begun = this.#open();
  }

  // RPC of the Worker (upload-rpc.ts)

  async create(upload: NewUpload): Promise<UploadResult> {
    return this.#turns.take(async (signal) => {
      const known = this.#begun?.store.find();
      if (known) return this.#state(upload.userId);
      this.#begun = this.#open();
      const { store, agenda } = this.#begun;
      const expiresAt = systemClock() + UPLOAD_KEPT_MS;
      store.begin(upload, expiresAt);
      // First, so that a crash leaves no storage reserved for ever.
      agenda.schedule('expire', expiresAt);
      const reserved = await this.#inbox(upload).reserveStorage(upload.id, upload.atMost);
      if (!reserved.ok) {
        await this.#forget();
        return reserved;
      }
      // No request would follow with the bytes of an empty file.
      if (upload.size !== 0) return this.#state(upload.userId);
      return this.#write(upload.userId, { chunk: { offset: 0 }, body: emptyBody(), signal });
    });
  }

  async write(
    userId: string,
    chunk: Chunk,
    body: ReadableStream<Uint8Array>,
  ): Promise<UploadResult> {
    return this.#turns.take((signal) => this.#write(userId, { chunk, body, signal }));
  }

  async state(userId: string): Promise<UploadResult> {
    return this.#turns.take(() => this.#state(userId));
  }

  async abort(userId: string): Promise<Result<null>> {
    return this.#turns.take(async () => {
      const row = this.#begun?.store.find();
      if (!row || row.user_id !== userId) return notFound();
      if (row.step === 'done') return this.#room(row).removeFile(userId, row.id);
      await this.#drop(row, 'This upload was cancelled. Start again.');
      return ok(null);
    });
  }

  async isRunning(): Promise<boolean> {
    const step = this.#begun?.store.find()?.step;
    return step !== undefined && step !== 'done' && step !== 'gone';
  }

  // The agenda

  override async alarm(): Promise<void> {
    if (!this.#begun) return;
    await this.#begun.agenda.run(systemClock, (task) => this.#turns.take(() => this.#run(task)));
  }

  async #run(task: Task): Promise<void> {
    const row = this.#begun?.store.find();
    if (!this.#begun || !row) return;
    const { agenda } = this.#begun;
    switch (task) {
      case 'finish':
        agenda.reschedule('finish', undefined);
        await this.#state(row.user_id);
        return;
      case 'expire':
        if (row.step === 'done' || row.step === 'gone') return this.#forget();
        await this.#drop(row, 'This upload took longer than a day and was dropped. Start again.');
        // For another while, a client that comes back learns what happened.
        return agenda.reschedule('expire', systemClock() + UPLOAD_KEPT_MS);
      default:
        return assertNever(task);
    }
  }

  async #write(userId: string, to: Receiving): Promise<UploadResult> {
    const row = this.#begun?.store.find();
    if (!this.#begun || !row || row.user_id !== userId) return notFound();
    const { store } = this.#begun;
    const files = { store, bucket: this.env.FILES };
    if (row.step !== 'open') return this.#state(userId);
    // A request with the whole file begins it again.
    if (to.chunk.isWhole && store.offset(row) > 0) await discard(files, row);
    const started = store.find() ?? row;
    const offset = store.offset(started);
    if (to.chunk.offset !== offset) {
      await to.body.cancel().catch(() => undefined);
      return fail('conflict', `The upload goes on at byte ${offset}.`);
    }
    const refused = await receive(files, started, to);
    if (refused && to.chunk.isWhole) await this.#drop(started, refused.failure.detail);
    return refused ?? this.#state(userId);
  }

  /** The state of the upload, which is finished first if all bytes are there. */
  async #state(userId: string): Promise<UploadResult> {
    const { store, agenda } = this.#begun ?? {};
    let row = store?.find();
    if (!store || !agenda || !row || row.user_id !== userId) return notFound();
    const to = {
      store,
      bucket: this.env.FILES,
      room: this.#room(row),
      inbox: this.#inbox({ userId }),
    };
    while (row.step !== 'open' && row.step !== 'done') {
      if (row.step === 'gone') return gone(row);
      const stepped = await nextStep(to, row).catch(failed);
      if (!stepped.ok) {
        if (stepped.failure.code === 'unavailable') {
          agenda.schedule('finish', systemClock() + FINISH_AGAIN_MS);
        } else {
          await this.#drop(row, stepped.failure.detail);
        }
        return stepped;
      }
      row = store.find() ?? row;
    }
    return ok(stateOf(row, store.offset(row)));
  }

  /** Deletes the bytes, and gives the user their storage back. */
  async #drop(row: UploadRow, why: string): Promise<void> {
    if (!this.#begun) return;
    const { store } = this.#begun;
    await discard({ store, bucket: this.env.FILES }, row);
    await this.#inbox({ userId: row.user_id }).releaseStorage([row.id]);
    store.change({ step: 'gone', failure: why });
  }

  async #forget(): Promise<void> {
    this.#begun?.agenda.clear();
    this.#begun = undefined;
    await this.ctx.storage.deleteAll();
  }

  #open(): Begun {
    const store = new UploadStore(this.#sql);
    return { store, agenda: new Agenda({ tasks: TASKS }, this.#sql, this.ctx.storage) };
  }

  #inbox({ userId }: { userId: string }) {
    return inboxOf(this.env, userId);
  }

  /** The Room of the group that the id names: the Worker has checked its form. */
  #room({ id }: Pick<UploadRow, 'id'>): RoomRpc {
    const groupId = groupIdOfFile(id);
    if (groupId === undefined) throw new Error('an upload is named by the id of a file');
    return roomOf(this.env, groupId);
  }
}

function stateOf(row: UploadRow, offset: number): UploadState {
  return {
    offset,
    size: row.size ?? undefined,
    expiresAt: row.expires_at,
    metadata: row.metadata ?? undefined,
    file: row.file ?? undefined,
  };
}

function emptyBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ type: 'bytes', start: (controller) => controller.close() });
}

function failed(error: unknown) {
  console.error(JSON.stringify({ event: 'upload_not_finished', error: String(error) }));
  return fail(
    'unavailable',
    'The file has arrived but cannot be stored now. Try again in a moment.',
  );
}

function notFound() {
  return fail('not_found', 'There is no such upload.');
}

function gone({ failure }: UploadRow): UploadResult {
  return { ...fail('not_found', failure ?? 'There is no such upload any more.'), status: 410 };
}
