/** Ends a `switch` over a union: the compiler complains when a case is missing; at run time it is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}
