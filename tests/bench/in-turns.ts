/** Runs ten at a time: the set-up is not measured, and must not overwhelm a small machine. */
export async function inTurns<In, Out>(
  inputs: readonly In[],
  work: (input: In) => Promise<Out>,
): Promise<Out[]> {
  const done: Out[] = [];
  for (let at = 0; at < inputs.length; at += 10) {
    done.push(...(await Promise.all(inputs.slice(at, at + 10).map(work))));
  }
  return done;
}
