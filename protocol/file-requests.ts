import * as z from 'zod/mini';
import { wellFormed } from './client-frames.ts';
import { FileKind } from './files.ts';
import { GroupId, UserId } from './ids.ts';
import { ALT_CHARACTERS, FILE_NAME_BYTES, VARIANT_WIDTHS } from './limits.ts';
import { PageLimit, Seq } from './rest-requests.ts';
import { cleanLine, isBlank } from './text.ts';
import { Waveform } from './waveform.ts';

/** The query of `GET /api/groups/:id/files`. `before` and `after` are ms UTC of the upload. */
export const FileListQuery = z.object({
  kind: z.optional(FileKind),
  from: z.optional(UserId),
  before: z.optional(Seq),
  after: z.optional(Seq),
  cursor: z.optional(z.string()),
  limit: PageLimit,
});
export type FileListQuery = z.infer<typeof FileListQuery>;

/** A name in UTF-8 of at most 255 bytes, in one line and without control characters. */
const FileName = z.string().check(
  z.overwrite(cleanLine),
  z.refine((name) => !isBlank(name), { error: 'must not be empty' }),
  wellFormed,
  z.refine((name) => new TextEncoder().encode(name).length <= FILE_NAME_BYTES, {
    error: `must be at most ${FILE_NAME_BYTES} bytes`,
  }),
);

/** The body of `PATCH /api/files/:id`, before the file is sent. `alt: ""` removes the description. */
export const FileChange = z.object({
  name: z.optional(FileName),
  alt: z.optional(
    z
      .string()
      .check(
        z.overwrite(cleanLine),
        z.maxLength(ALT_CHARACTERS, { error: `must be at most ${ALT_CHARACTERS} characters` }),
        wellFormed,
      ),
  ),
});
export type FileChange = z.infer<typeof FileChange>;

/** The query of `POST /api/upload`, and the metadata of a tus upload. */
export const UploadQuery = z.object({ groupId: GroupId });

/** A number in a header, a form field or the metadata of an upload. */
const whole = (max: number, fault: string) =>
  z.optional(
    z.pipe(
      z.union([z.number(), z.pipe(z.string().check(z.regex(/^\d{1,15}$/)), z.transform(Number))]),
      z
        .int({ error: fault })
        .check(z.nonnegative({ error: fault }), z.maximum(max, { error: fault })),
    ),
  );
const PIXELS_MAX = 1_000_000;
const DURATION_MAX_MS = 7 * 24 * 60 * 60_000;

/** What a client measured of a file. What the server measures itself wins. `alt` describes a picture in words. */
export const FileHints = z.object({
  width: whole(PIXELS_MAX, 'must be a number of pixels'),
  height: whole(PIXELS_MAX, 'must be a number of pixels'),
  blurhash: z.optional(
    z
      .string()
      .check(
        z.regex(/^[0-9A-Za-z#$%*+,\-.:;=?@[\]^_{|}~]{6,100}$/, { error: 'must be a blurhash' }),
      ),
  ),
  alt: FileChange.shape.alt,
  durationMs: whole(DURATION_MAX_MS, 'must be a duration in ms'),
  waveform: z.optional(Waveform),
});
export type FileHints = z.infer<typeof FileHints>;

/** The metadata of a tus upload (`Upload-Metadata`), decoded. `filename` and `filetype` are names that tus clients use. */
export const UploadMetadata = z.object({
  groupId: GroupId,
  filename: z.optional(z.string()),
  filetype: z.optional(z.string()),
  ...FileHints.shape,
});
export type UploadMetadata = z.infer<typeof UploadMetadata>;

/** The query of `GET /api/files/:id`: the width of a variant, and whether the browser saves the file instead of showing it. */
export const FileBytesQuery = z.object({
  w: z.optional(
    z.pipe(
      z.string(),
      z.pipe(
        z.transform(Number),
        z.literal(VARIANT_WIDTHS, { error: `must be one of ${VARIANT_WIDTHS.join(', ')}` }),
      ),
    ),
  ),
  download: z.optional(z.string()),
});
export type FileBytesQuery = z.infer<typeof FileBytesQuery>;
