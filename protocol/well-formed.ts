import * as z from 'zod/mini';

/**
 * Text that can be written as UTF-8: half of a surrogate pair would go out to sockets as it is, while every storage keeps
 * a replacement in its place, and copies would differ for ever.
 */
export const wellFormed = z.refine<string>((text) => text.isWellFormed(), {
  error: 'must be well-formed Unicode',
});
