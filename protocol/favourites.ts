import * as z from 'zod/mini';
import { GroupId } from './ids.ts';

/** The body of `PUT /api/groups/:id/favourite`. */
export const FavouritePlace = z.object({
  /** The favourite that the group comes to stand before. At the end without it, or if it is no favourite. */
  before: z.optional(GroupId),
});
export type FavouritePlace = z.infer<typeof FavouritePlace>;

/** My favourites in their order: what a change of them answers. */
export const FavouriteList = z.object({ items: z.array(GroupId) });
export type FavouriteList = z.infer<typeof FavouriteList>;
