/** The name that the user is typing, and its range in the field: from its mark to the caret. */
export interface CompletionQuery {
  kind: 'person' | 'emoji';
  /** The text after the mark. */
  text: string;
  from: number;
  to: number;
}

/** A name has at most two words here: with more, every sentence after a mention would be a query. */
const PERSON = /(?:^|[\s([{"'*_~>])@([^\s@:`]{0,40}(?: [^\s@:`]{1,40})?)$/u;
/** At least two letters, so that `:)` and times like `10:30` are no queries. */
const EMOJI = /(?:^|[\s([{"'*_~>\p{Extended_Pictographic}]):([a-z0-9_+-]{2,40})$/iu;
const FENCE = /```/g;

/** The name before the caret that can be completed; undefined without one, and in code. */
export function completionQuery(text: string, caret: number): CompletionQuery | undefined {
  const before = text.slice(0, caret);
  if ([...before.matchAll(FENCE)].length % 2 === 1) return undefined;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  for (const [kind, pattern] of [['person', PERSON] as const, ['emoji', EMOJI] as const]) {
    const typed = pattern.exec(line)?.[1];
    if (typed !== undefined)
      return { kind, text: typed, from: caret - typed.length - 1, to: caret };
  }
  return undefined;
}
