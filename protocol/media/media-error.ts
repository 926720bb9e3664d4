export type MediaErrorCode = 'broken' | 'too_large';

/**
 * A file that cannot be cleaned: `broken` is not what its type says or ends before anything could be shown, `too_large` has
 * more pixels than IMAGE_PIXELS. The message is a sentence for people.
 */
export class MediaError extends Error {
  readonly code: MediaErrorCode;

  constructor(code: MediaErrorCode, message: string) {
    super(message);
    this.name = 'MediaError';
    this.code = code;
  }
}

/** What is thrown where a file does not keep to its format, or ends too early. */
export const broken = (): MediaError =>
  new MediaError('broken', 'The file is damaged, or it is not of the type that it begins like.');
