/** How many objects are called at once: the free plan allows 50 subrequests an invocation. */
export const OBJECTS_AT_ONCE = 40;

/** Runs `call` for each item, `OBJECTS_AT_ONCE` at a time. Returns the results in the order of the items. */
export async function inChunks<T, R>(
  items: readonly T[],
  call: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += OBJECTS_AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + OBJECTS_AT_ONCE).map(call))));
  }
  return results;
}
