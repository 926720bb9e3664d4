import * as z from 'zod/mini';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { FileHints } from '../../../protocol/file-requests.ts';
import { invalid } from '../request/read-body.ts';
import { leave, passedOn } from './passed-on.ts';
import { type FormFile, readForm } from './read-form.ts';

/** The file of a request, whose bytes are still to be read. */
export interface IncomingFile extends FormFile {
  hints: FileHints;
  /** Bytes, if the request says so. */
  size: number | undefined;
}

/** A header's value in percent-encoded UTF-8: headers hold only ASCII. */
const Encoded = z.pipe(
  z.string(),
  z.transform((text, context) => {
    try {
      return decodeURIComponent(text);
    } catch {
      context.issues.push({
        code: 'custom',
        message: 'must be percent-encoded UTF-8',
        input: text,
      });
      return z.NEVER;
    }
  }),
);

/** The headers that describe a raw body. */
const RawHeaders = z.object({
  'X-File-Name': Encoded,
  'X-File-Width': FileHints.shape.width,
  'X-File-Height': FileHints.shape.height,
  'X-File-Blurhash': FileHints.shape.blurhash,
  'X-File-Alt': z.optional(z.pipe(Encoded, z.string())),
  'X-File-Duration-Ms': FileHints.shape.durationMs,
  'X-File-Waveform': FileHints.shape.waveform,
});

/** Reads what a request says about its file: in a form's fields, or beside a raw body in headers. */
export async function incomingFile(request: Request): Promise<Result<IncomingFile>> {
  const type = request.headers.get('Content-Type') ?? '';
  if (/^multipart\/form-data\b/i.test(type)) return fromForm(request);
  const headers = RawHeaders.safeParse(
    Object.fromEntries(
      Object.keys(RawHeaders.shape).flatMap((name) => {
        const value = request.headers.get(name);
        return value === null ? [] : [[name, value]];
      }),
    ),
  );
  if (!headers.success) return invalid(headers.error, 'headers');
  const hints = FileHints.safeParse({
    width: headers.data['X-File-Width'],
    height: headers.data['X-File-Height'],
    blurhash: headers.data['X-File-Blurhash'],
    alt: headers.data['X-File-Alt'],
    durationMs: headers.data['X-File-Duration-Ms'],
    waveform: headers.data['X-File-Waveform'],
  });
  if (!hints.success) return invalid(hints.error, 'headers');
  return ok({
    name: headers.data['X-File-Name'],
    type,
    hints: hints.data,
    size: lengthOf(request),
    ...passedOn(request.body),
  });
}

async function fromForm(request: Request): Promise<Result<IncomingFile>> {
  const form = await readForm(request);
  if (!form) {
    const detail = 'Send a form with the file in the field `file`, after the other fields.';
    return fail('invalid', detail, { fields: { file: 'is missing' } });
  }
  const { fields, ...file } = form;
  const hints = FileHints.safeParse(fields);
  if (!hints.success) {
    await leave(file);
    return invalid(hints.error, 'body');
  }
  return ok({ ...file, hints: hints.data, size: undefined });
}

/** The length of a request's body; undefined if it is sent in chunks. */
export function lengthOf(request: Request): number | undefined {
  const length = request.headers.get('Content-Length');
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}
