import {
  ATTACHMENTS_PER_MESSAGE,
  FILE_BYTES,
  FILE_NAME_BYTES,
} from '../../../../protocol/limits.ts';
import { sizeInWords } from '../../../../protocol/size-in-words.ts';

/** Which of the chosen files a message takes, and why it does not take the others, in sentences. */
export interface Choice {
  taken: File[];
  refusals: string[];
}

/** Applies the limits before anything is uploaded. `held` is the number of files that the message has already. */
export function chooseFiles(chosen: readonly File[], held: number): Choice {
  const refusals: string[] = [];
  const fitting = chosen.filter(({ name, size }) => {
    if (size <= FILE_BYTES) return true;
    refusals.push(
      `${name} has ${sizeInWords(size)}. A file can have up to ${sizeInWords(FILE_BYTES)}.`,
    );
    return false;
  });
  const room = Math.max(0, ATTACHMENTS_PER_MESSAGE - held);
  const over = fitting.length - room;
  if (over > 0) {
    const left = over === 1 ? 'One file was left out' : `${over} files were left out`;
    refusals.push(
      `A message can have ${ATTACHMENTS_PER_MESSAGE} files. ${left}: send them in another one.`,
    );
  }
  return { taken: fitting.slice(0, room).map((file) => named(file)), refusals };
}

/** A file with a name that is short enough, and keeps its ending. */
function named(file: File): File {
  const name = shortName(file.name);
  return name === file.name ? file : new File([file], name, { type: file.type });
}

/** Shortens a name to what file systems take, 255 bytes, before its ending. */
export function shortName(name: string): string {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  if (bytes(name) <= FILE_NAME_BYTES) return name;
  const ending = /\.[^.]{1,20}$/.exec(name)?.[0] ?? '';
  let start = [...name.slice(0, name.length - ending.length)];
  while (bytes(start.join('') + ending) > FILE_NAME_BYTES) start = start.slice(0, -1);
  return start.join('') + ending;
}
