import { useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../../protocol/errors.ts';

/** Something that can be changed on the server, and how that goes. */
export interface Change<Input, Output> {
  isPending: boolean;
  /** Why the last attempt came to nothing. */
  failure: Failure | undefined;
  /** Gives the outcome. `done` is called after a good one, unless whoever asked is not shown any more. */
  run(input: Input, done?: (value: Output) => void): Promise<Result<Output>>;
}

/** Changes something when it is told to; `change` also sees to it that the page's answers follow. */
export function useChange<Input, Output>(
  change: (input: Input) => Promise<Result<Output>>,
): Change<Input, Output> {
  const [state, setState] = useState<{ isPending: boolean; failure: Failure | undefined }>({
    isPending: false,
    failure: undefined,
  });
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return {
    ...state,
    async run(input, done) {
      setState({ isPending: true, failure: undefined });
      const outcome = await change(input);
      setState({ isPending: false, failure: outcome.ok ? undefined : outcome.failure });
      if (outcome.ok && isShown.current) done?.(outcome.value);
      return outcome;
    },
  };
}
