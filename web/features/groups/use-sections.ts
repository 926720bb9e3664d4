import { useEffect, useRef, useState } from 'react';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { DESKTOP, useMedia } from '../../ui/use-media.ts';
import { useListChoices } from './list-choices.ts';
import { isNew, type ListMoment } from './listed-group.ts';
import { type Section, sectionsOf } from './sections.ts';

/** How long after the last move of the pointer, or of the focus, over the list its rows keep their places. */
const HELD_MS = 2_000;

/**
 * The sections of the list. After `hold` was called, its rows keep their places for a while, so that none moves away from a
 * pointer that is about to click it: what arrives still shows in them at once. What the user changes themselves moves at once.
 */
export function useSections(
  entries: readonly InboxEntry[],
  moment: ListMoment,
  openId: string | undefined,
): { sections: readonly Section[]; hold: () => void } {
  const choices = useListChoices();
  const usual = useMedia(DESKTOP) ? 'name' : 'activity';
  const arrangement = { ...choices, order: choices.order ?? usual };
  const [keptId, setKeptId] = useState<string>();
  const isOpenNew = entries.some((entry) => entry.group.id === openId && isNew(entry, moment));
  const keeps = isOpenNew || keptId === openId ? openId : undefined;
  if (keeps !== keptId) setKeptId(keeps);

  const now = sectionsOf(entries, { ...arrangement, moment, openId, keptId });
  const own = JSON.stringify([
    arrangement,
    ...entries.map(({ group, favourite }) => [group.id, favourite]),
  ]);
  const [held, setHeld] = useState<{ own: string; sections: readonly Section[] }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const sections = held?.own === own ? renewed(held.sections, entries) : now;
  return {
    sections,
    hold() {
      setHeld((before) => (before?.own === own ? before : { own, sections }));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setHeld(undefined), HELD_MS);
    },
  };
}

/** The same rows with what their groups are now. */
function renewed(sections: readonly Section[], entries: readonly InboxEntry[]): Section[] {
  const byId = new Map(entries.map((entry) => [entry.group.id, entry]));
  return sections.map((section) => ({
    ...section,
    entries: section.entries.flatMap(({ group }) => byId.get(group.id) ?? []),
  }));
}
