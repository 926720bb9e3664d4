import { decode } from 'blurhash';
import { useEffect, useRef } from 'react';

const PX = 32;

/** The blurred preview of a picture, filling its box until the picture is there. */
export function Blurred({ blurhash }: { blurhash: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    try {
      const image = context.createImageData(PX, PX);
      image.data.set(decode(blurhash, PX, PX));
      context.putImageData(image, 0, 0);
    } catch {
      // It is not a blurhash: the box stays plain.
    }
  }, [blurhash]);
  return <canvas className="absolute inset-0 size-full" height={PX} ref={canvas} width={PX} />;
}
