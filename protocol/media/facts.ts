import { IMAGE_PIXELS } from '../limits.ts';
import { broken, MediaError } from './media-error.ts';

/** What was removed from a file. `tail` is what stood behind its end, `other` is data that only some program knows. */
export type Removed =
  | 'exif'
  | 'location'
  | 'xmp'
  | 'iptc'
  | 'text'
  | 'time'
  | 'thumbnail'
  | 'user_data'
  | 'other'
  | 'tail';

/** What was read on the way. */
export interface MediaInfo {
  /** In pixels, of the upright picture. Absent if a film does not say it. */
  width?: number;
  height?: number;
  /** 1 for a picture that does not move. Absent for a film. */
  frames?: number;
  /** Of an animation or a film, as the file says it, in ms. */
  durationMs?: number;
  removed: Removed[];
}

/** Collects what a parser learns, and refuses too many pixels as soon as they are known. */
export class Facts {
  readonly removed = new Set<Removed>();
  /** An Exif orientation: 1 is upright, from 5 on width and height are exchanged. */
  orientation = 1;
  durationMs = 0;
  /** Whether something of the picture could be shown if the file ended here. */
  hasBegun = false;
  #size: { width: number; height: number } | undefined;
  #frames: number | undefined;
  #pixels = 0;

  get hasSize(): boolean {
    return this.#size !== undefined;
  }

  /** The size of a picture as it is stored, in pixels. */
  picture(width: number, height: number): void {
    if (width === 0 || height === 0) throw broken();
    this.#size ??= { width, height };
    this.covers(width, height);
  }

  /** The size of a film. Its pixels are not limited: a player decodes one frame after the other. */
  film(width: number, height: number): void {
    this.#size ??= { width, height };
  }

  /** A part of the picture that a decoder makes room for. */
  covers(width: number, height: number): void {
    this.#pixels = Math.max(this.#pixels, width * height);
    this.#limit();
  }

  /** The number of frames found so far, or in all. */
  counted(frames: number): void {
    this.#frames = Math.max(this.#frames ?? 0, frames);
    this.#limit();
  }

  info(): MediaInfo {
    const { width, height } = this.#size ?? {};
    const [upright, side] = this.orientation > 4 ? [height, width] : [width, height];
    return {
      ...(upright === undefined ? {} : { width: upright }),
      ...(side === undefined ? {} : { height: side }),
      ...(this.#frames === undefined ? {} : { frames: this.#frames }),
      ...(this.durationMs > 0 ? { durationMs: Math.round(this.durationMs) } : {}),
      removed: [...this.removed].sort(),
    };
  }

  #limit(): void {
    const pixels = this.#pixels * (this.#frames ?? 1);
    if (pixels <= IMAGE_PIXELS) return;
    const [has, most] = [pixels, IMAGE_PIXELS].map((count) => Math.ceil(count / 1_000_000));
    throw new MediaError(
      'too_large',
      `The picture has ${has} megapixels in all of its frames, and at most ${most} are allowed. Make it smaller first.`,
    );
  }
}
