import { useState } from 'react';
import { classes } from '../classes.ts';

const SIZES = {
  small: 'size-6 text-[0.625rem]',
  medium: 'size-9 text-secondary',
  /** Of a message: the chosen density decides. */
  row: 'size-(--row-avatar) text-secondary',
  large: 'size-16 text-title',
} as const;

/** The person that an avatar shows. */
export interface AvatarPerson {
  id: string;
  name: string;
  imageUrl: string;
}

/**
 * A person's picture, or their initials on the hue of their name if the picture is missing or fails to load. Decorative: the
 * name stands beside it or labels its parent.
 */
export function Avatar({
  person,
  size = 'medium',
  hasCard = false,
  className,
}: {
  person: AvatarPerson | undefined;
  /** A click shows the card of the person. */
  hasCard?: boolean;
  size?: keyof typeof SIZES;
  className?: string;
}) {
  const [broken, setBroken] = useState<string>();
  const shape = classes(
    'grid shrink-0 place-items-center overflow-hidden rounded-pill font-semibold select-none',
    SIZES[size],
    hasCard && 'cursor-pointer',
    className,
  );
  if (!person) return <span aria-hidden="true" className={classes(shape, 'bg-neutral-5')} />;
  const hasImage = person.imageUrl !== '' && broken !== person.imageUrl;
  return (
    <span
      aria-hidden="true"
      className={shape}
      data-hue={avatarHue(person.name)}
      data-person={hasCard ? person.id : undefined}
    >
      {hasImage ? (
        <img
          alt=""
          className="size-full object-cover"
          draggable={false}
          loading="lazy"
          onError={() => setBroken(person.imageUrl)}
          src={person.imageUrl}
        />
      ) : (
        initials(person.name)
      )}
    </span>
  );
}

const HUES = 12;

/** Steps on the circle of hues for one step in the alphabet: of the first letter, the second, and the others. */
const STEPS = [5, 8, 7] as const;

/**
 * The avatar hue of a person, 0 to 11. It is derived from the name, which every page knows, so that it is the same
 * everywhere; and because lists are ordered by name, neighbours are mostly far apart on the circle of hues.
 */
export function avatarHue(name: string): number {
  return [...name.toLowerCase()].reduce((hue, letter, index) => {
    const steps = STEPS[Math.min(index, STEPS.length - 1)] ?? 1;
    return (hue + (letter.codePointAt(0) ?? 0) * steps) % HUES;
  }, 0);
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letters of the first and the last word of a name, in capitals; "?" for a name without letters. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last].map((word) => (word ? firstLetter(word) : '')).join('');
}

function firstLetter(word: string): string {
  for (const { segment } of graphemes.segment(word)) return segment.toLocaleUpperCase();
  return '';
}
