/** What a field with `text` in it holds once somebody answers to a quotation: that below what stands there, ready to go on. */
export function quoted(text: string, quotation: string): string {
  const before = text.trim() === '' ? '' : `${text.trimEnd()}\n\n`;
  const lines = quotation.split('\n').map((line) => (line === '' ? '>' : `> ${line}`));
  return `${before}${lines.join('\n')}\n\n`;
}
