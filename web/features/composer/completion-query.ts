/** What somebody is about to name, and where it stands in the field: from its mark to the caret. */
export interface CompletionQuery {
  kind: 'person' | 'emoji';
  /** What was typed after the mark. */
  text: string;
  from: number;
  to: number;
}

/** Names have at most two words here: with more, every sentence after a mention would be searched for. */
const PERSON = /(?:^|[\s([{"'*_~>])@([^\s@:`]{0,40}(?: [^\s@:`]{1,40})?)$/u;
/** Two letters at least, so that `:)` and times like `10:30` stay what they are. */
const EMOJI = /(?:^|[\s([{"'*_~>\p{Extended_Pictographic}]):([a-z0-9_+-]{2,40})$/iu;
const FENCE = /```/g;

/** What the text before the caret asks to be completed; undefined for nothing, and inside of code. */
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
