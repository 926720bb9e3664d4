import type { SystemLine } from '../../../../protocol/models.ts';

/** The sentence of a line that the Room made, after the name of who did it; undefined for a kind of a later version. */
export function systemText({ kind, text = '' }: SystemLine): string | undefined {
  switch (kind) {
    case 'created':
      return 'created the group';
    case 'joined':
      return 'joined';
    case 'left':
      return 'left';
    case 'renamed':
      return `renamed the group to “${text}”`;
    case 'topic':
      return text === '' ? 'removed the topic' : `changed the topic to “${text}”`;
    default:
      return undefined;
  }
}
