import { useEffect, useState } from 'react';

/** A message that a link led to stands out for so long (behaviour: "The timeline"). */
const FLASH_MS = 2_000;

/** The id of the message to make stand out now: that of `target`, for a moment after each jump. */
export function useFlash(target: { id: string; jump: number } | undefined): string | undefined {
  const [over, setOver] = useState<number>();
  useEffect(() => {
    if (!target) return;
    const timer = setTimeout(() => setOver(target.jump), FLASH_MS);
    return () => clearTimeout(timer);
  }, [target]);
  return target && target.jump !== over ? target.id : undefined;
}
