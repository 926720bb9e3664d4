import * as z from 'zod/mini';

/** What a sweep walks through, in this order: the three kinds of objects in R2, then the rows of files in D1. */
export const SWEPT = ['files', 'variants', 'uploads', 'rows'] as const;
export type SweptPlace = (typeof SWEPT)[number];

/** Where a sweep goes on. `after` is the last key, or the group and the file of the last row; empty at the beginning. */
export const SweepPosition = z.object({ place: z.enum(SWEPT), after: z.string() });
export type SweepPosition = z.infer<typeof SweepPosition>;

/** Where each round begins. */
export const SWEEP_START: SweepPosition = { place: 'files', after: '' };

/** The beginning of the next place; undefined at the end of the round. */
export function placeAfter(place: SweptPlace): SweepPosition | undefined {
  const next = SWEPT[SWEPT.indexOf(place) + 1];
  return next && { place: next, after: '' };
}
