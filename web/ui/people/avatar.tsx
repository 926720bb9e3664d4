import { useState } from 'react';
import { classes } from '../classes.ts';
import { avatarHue } from './avatar-hue.ts';
import { initials } from './initials.ts';

const SIZES = {
  small: 'size-6 text-[0.625rem]',
  medium: 'size-9 text-secondary',
  large: 'size-16 text-title',
} as const;

/** Whom an avatar shows. */
export interface AvatarPerson {
  id: string;
  name: string;
  imageUrl: string;
}

/**
 * A person's picture, or initials on the hue of their id when there is none or it cannot be loaded. Decoration: the name
 * always stands beside it or labels what it is in.
 */
export function Avatar({
  person,
  size = 'medium',
  className,
}: {
  person: AvatarPerson | undefined;
  size?: keyof typeof SIZES;
  className?: string;
}) {
  const [broken, setBroken] = useState<string>();
  const shape = classes(
    'grid shrink-0 place-items-center overflow-hidden rounded-pill font-semibold select-none',
    SIZES[size],
    className,
  );
  if (!person) return <span aria-hidden="true" className={classes(shape, 'bg-neutral-5')} />;
  const hasImage = person.imageUrl !== '' && broken !== person.imageUrl;
  return (
    <span aria-hidden="true" className={shape} data-hue={avatarHue(person.id)}>
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
