import { useMutation } from '@tanstack/react-query';
import type { Failure, Result } from '../../protocol/errors.ts';

/** Something that can be changed on the server. */
export interface Change<Input, Output> {
  isPending: boolean;
  /** Why the last attempt failed. */
  failure: Failure | undefined;
  /** Returns the outcome. Calls `done` after a success, unless the component is unmounted by then. */
  run(input: Input, done?: (value: Output) => void): Promise<Result<Output>>;
}

/**
 * Changes something on the server, and tracks the attempt; `change` also updates the queries that it affects. Changes of the
 * same `turn` are sent one after the other: of two that set the same thing, the later one must win.
 */
export function useChange<Input, Output>(
  change: (input: Input) => Promise<Result<Output>>,
  turn?: string,
): Change<Input, Output> {
  const { data, isPending, mutateAsync } = useMutation({
    mutationFn: change,
    ...(turn !== undefined && { scope: { id: turn } }),
  });
  return {
    isPending,
    failure: data?.ok === false ? data.failure : undefined,
    run: (input, done) =>
      mutateAsync(input, {
        onSuccess: (outcome) => {
          if (outcome.ok) done?.(outcome.value);
        },
      }),
  };
}
