import type { Message, User } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { isolated } from '../../../ui/words/isolated.ts';

/** What a person does to one thing again within this is one line. */
const ONE_LINE_WITHIN_MS = 60_000;
/** With more people than this, a line names one less and counts the others. */
const NAMED = 3;
const NAMES = new Intl.ListFormat('en-GB');
/** Kinds about the same thing as another kind; each of the others is about a thing of its own. */
const SAME_AS: Record<string, string | undefined> = { left: 'joined', restored: 'archived' };
/** What is done to other people is never one line with the next. */
const ALONE = /^(added|removed|role)$/;

type SentRow = TimelineRow & { state: 'sent' };

/** One line for system messages in a row. */
export interface SystemLines {
  /** That of the latest message: it stays the same when older ones are loaded. */
  key: string;
  /** The latest. */
  message: Message;
  /** Those who did it: "Ada, Grace and 3 others". */
  people: string;
  /** All of their names, where `people` does not have them. */
  everyone?: string | undefined;
  /** The outcome, where the latest message alone does not say it. */
  text?: string | undefined;
}

/** What one person did to one thing. */
interface Deed {
  subject: string;
  firstKind: string;
  last: SentRow;
}

/**
 * Collapses system messages in a row, oldest first. What one person does to the same thing within a minute is one line with
 * its outcome: joined and left, or the last of several names. People who one after the other joined, or left, share a line.
 */
export function systemLines(rows: readonly SentRow[]): SystemLines[] {
  const shared: { last: SentRow; authors: (User | undefined)[]; text: string | undefined }[] = [];
  for (const { subject, firstKind, last } of deedsOf(rows)) {
    const text = subject === 'joined' ? outcome(firstKind, kindOf(last)) : undefined;
    const isShared = text !== undefined && shared.at(-1)?.text === text;
    const before = isShared ? shared.pop()?.authors : undefined;
    const others = before?.filter((author) => author !== last.author) ?? [];
    shared.push({ last, authors: [...others, last.author], text });
  }
  return shared.map(({ last: { key, message }, authors, text }) => {
    const names = authors.map((author) => isolated(author?.name ?? 'Someone'));
    const all = NAMES.format(names);
    const counted = names.length - NAMED + 1;
    if (counted < 2) return { key, message, people: all, text };
    const people = NAMES.format([...names.slice(0, NAMED - 1), `${counted} others`]);
    return { key, message, people, everyone: all, text };
  });
}

/** In the order of their last messages. */
function deedsOf(rows: readonly SentRow[]): Deed[] {
  const deeds: Deed[] = [];
  for (const row of rows) {
    const { userId, createdAt } = row.message;
    const kind = kindOf(row);
    const subject = SAME_AS[kind] ?? kind;
    const at = deeds.findLastIndex(
      (deed) =>
        deed.subject === subject &&
        deed.last.message.userId === userId &&
        createdAt - deed.last.message.createdAt <= ONE_LINE_WITHIN_MS,
    );
    const [before] = at < 0 || ALONE.test(kind) ? [] : deeds.splice(at, 1);
    deeds.push({ subject, firstKind: before?.firstKind ?? kind, last: row });
  }
  return deeds;
}

function kindOf({ message }: SentRow): string {
  return message.system?.kind ?? '';
}

/** What joining and leaving in turn comes to. */
function outcome(first: string, last: string): string {
  if (first === last) return last;
  return last === 'left' ? 'joined and left' : 'left and joined again';
}
