import { decodeField, make } from 'multipasta';
import type { PassedOn } from './passed-on.ts';

/** The field that holds the file. */
const FILE_FIELD = 'file';
/** The other fields are short: a description has at most 1,000 characters. */
const FIELD_BYTES = 8 * 1024;
const PARTS_MAX = 20;

/** The file of a form. */
export interface FormFile extends PassedOn {
  name: string;
  type: string;
}

/**
 * Reads a multipart form up to the beginning of the file in its field `file`, whose bytes are then passed on as they arrive.
 * Undefined without such a file. Fields after it are not read.
 */
export async function readForm(
  request: Request,
): Promise<(FormFile & { fields: Record<string, string> }) | undefined> {
  const source = request.body?.getReader();
  if (!source) return undefined;
  const fields: Record<string, string> = {};
  let file: { name: string; type: string } | undefined;
  let state: 'before' | 'inside' | 'after' | 'broken' = 'before';
  let pieces: Uint8Array[] = [];

  const parser = make({
    headers: Object.fromEntries(request.headers),
    maxParts: PARTS_MAX,
    maxFieldSize: FIELD_BYTES,
    isFile: ({ name, filename }) => name === FILE_FIELD || filename !== undefined,
    onField(info, value) {
      fields[info.name] = decodeField(info, value);
    },
    onFile(info) {
      if (info.name !== FILE_FIELD || file) return () => undefined;
      file = { name: unescaped(info.filename ?? ''), type: info.contentType };
      state = 'inside';
      return (piece) => {
        if (piece) pieces.push(piece);
        else state = 'after';
      };
    },
    onError() {
      state = 'broken';
    },
    onDone() {
      if (state === 'before') state = 'broken';
    },
  });
  /** Parses the next piece of the request. */
  const parseNext = async () => {
    const { done, value } = await source.read();
    if (done) parser.end();
    else parser.write(value);
    if (done && state !== 'after') state = 'broken';
  };

  try {
    while (!file && state === 'before') await parseNext();
  } catch {
    state = 'broken';
  }
  if (!file) {
    source.releaseLock();
    return undefined;
  }
  const { readable, writable } = new IdentityTransformStream();
  const writer = writable.getWriter();
  const stop = () => void writer.abort().catch(() => undefined);
  const read = async () => {
    try {
      for (;;) {
        for (const piece of pieces) await writer.write(piece);
        pieces = [];
        if (state === 'broken') throw new Error('the form is cut off');
        if (state === 'after') break;
        await parseNext();
      }
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => undefined);
    } finally {
      source.releaseLock();
    }
  };
  return { ...file, fields, body: readable, read, stop };
}

/** Browsers escape three characters of a name (https://html.spec.whatwg.org/#multipart-form-data). */
function unescaped(name: string): string {
  return name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}
