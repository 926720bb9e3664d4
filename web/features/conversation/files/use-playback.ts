import { type ComponentProps, useEffect, useRef, useState } from 'react';

/** The sound that plays: another one that begins stops it. */
let playing: HTMLMediaElement | undefined;

/** Stops the sound that plays, if any. */
export function pausePlaying(): void {
  playing?.pause();
}

/** A sound without the browser's controls. */
export interface Playback {
  /** The properties of its `<audio>`. */
  audio: ComponentProps<'audio'>;
  isPlaying: boolean;
  /** It cannot be played. */
  hasFailed: boolean;
  positionMs: number;
  toggle(): void;
  /** Goes to this position, ms from the beginning. */
  seek(ms: number): void;
}

/** Plays the sound at this address at this speed, one at a time on the page. Nothing is loaded before it is played. */
export function usePlayback(src: string | undefined, speed = 1): Playback {
  const element = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const [positionMs, setPosition] = useState(0);

  useEffect(() => {
    if (element.current) element.current.playbackRate = speed;
  }, [speed]);

  return {
    isPlaying,
    hasFailed,
    positionMs,
    audio: {
      ref: element,
      src,
      preload: 'none',
      onPlay({ currentTarget }) {
        if (playing !== currentTarget) playing?.pause();
        playing = currentTarget;
        // Loading resets it.
        currentTarget.playbackRate = speed;
        setPlaying(true);
      },
      onPause: () => setPlaying(false),
      onEnded: () => setPosition(0),
      onTimeUpdate: ({ currentTarget }) => {
        if (!currentTarget.ended) setPosition(currentTarget.currentTime * 1_000);
      },
      onError: () => setFailed(true),
    },
    toggle() {
      const { current } = element;
      if (isPlaying) current?.pause();
      // What fails for good calls `onError`.
      else void current?.play().catch(() => setPlaying(false));
    },
    seek(ms) {
      if (element.current) element.current.currentTime = ms / 1_000;
      setPosition(ms);
    },
  };
}
