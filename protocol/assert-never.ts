/** Ends a `switch` over a union, so that the compiler reports a missing case. Throws if it is reached at run time. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}
