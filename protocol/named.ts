import * as z from 'zod/mini';

/**
 * An object with any keys, all values of one schema. `z.record` means the same, but would enlarge the page's bundle.
 */
export const named = <T extends z.ZodMiniType>(value: T) => z.catchall(z.object({}), value);
