import * as z from 'zod/mini';

/** Values by name. An object of which no name is known says the same as `z.record` does, which the page would have to load. */
export const named = <T extends z.ZodMiniType>(value: T) => z.catchall(z.object({}), value);
