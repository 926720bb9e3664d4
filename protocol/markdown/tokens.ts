/** A part of a line. `at` is where its text begins in the message, in UTF-16 units; the text stands there as it is. */
export type Inline =
  | { type: 'text'; text: string; at: number }
  | { type: 'mention'; userId: string; at: number }
  | { type: 'code'; text: string }
  | { type: 'link'; href: string; title?: string | undefined; children: Inline[] }
  | Marked;

/** Text between two marks. */
export interface Marked {
  type: 'strong' | 'emphasis' | 'strike';
  children: Inline[];
}

/** A part of a message that begins on a line of its own. */
export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'heading'; children: Inline[] }
  | { type: 'code'; language: string | undefined; text: string }
  | { type: 'quote'; children: Block[] }
  | { type: 'list'; items: ListItem[] }
  | { type: 'table'; header: Inline[][]; rows: Inline[][][] }
  /** Empty lines beyond the one that separates two blocks. */
  | { type: 'space'; lines: number };

/** `marker` is what was typed (`-`, `3.`, `12)`); `isDone` is set where the item is a task. */
export interface ListItem {
  marker: string;
  isDone: boolean | undefined;
  children: Block[];
}
