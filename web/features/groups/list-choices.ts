import * as z from 'zod/mini';
import { storedChoices } from '../../ui/stored-choices.ts';

/** The order of groups in a section. */
export const ListOrder = z.enum(['name', 'activity']);
export type ListOrder = z.infer<typeof ListOrder>;

/** How the list of groups looks in this browser: a wide screen and a phone are used in other ways. */
export const { use: useListChoices, change: changeListChoices } = storedChoices(
  'edgewise.list',
  z.object({
    /** As usual for the width of the page without a choice. */
    order: z.optional(ListOrder),
    /** What is unread stands in a section of its own at the top. */
    gathersUnread: z.boolean(),
    /** The ids of folded sections. */
    folded: z.array(z.string()),
  }),
  { gathersUnread: false, folded: [] },
);
