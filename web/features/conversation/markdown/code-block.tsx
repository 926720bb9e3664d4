import { Check, Copy } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { ScrollRegion } from '../../../ui/controls/scroll-region.tsx';
import { useCopy } from '../../../ui/use-copy.ts';

// Most groups show no code. Without what colours it, it has no colours.
const Highlighted = lazy(() =>
  import('./highlighted.tsx').then(
    (file) => ({ default: file.Highlighted }),
    () => ({ default: ({ text }: { text: string }) => text }),
  ),
);

/** Fenced code with its language and a button to copy it; it scrolls sideways. `language` is the text behind the fence. */
export function CodeBlock({ text, language }: { text: string; language: string | undefined }) {
  const { state, copy } = useCopy();
  const name = language?.split(/\s/, 1)[0] || undefined;
  return (
    <figure
      className="overflow-hidden rounded-small bg-code-surface inset-ring-1 inset-ring-line"
      dir="ltr"
    >
      <figcaption className="flex items-center justify-between ps-3 text-meta text-muted select-none">
        <span>{name ?? 'Code'}</span>
        <button
          className="flex min-h-7 items-center gap-1.5 px-2.5 hover:text-strong"
          onClick={() => copy(text)}
          type="button"
        >
          {state === 'copied' ? (
            <Check aria-hidden="true" size={13} />
          ) : (
            <Copy aria-hidden="true" size={13} />
          )}
          {state === 'copied' ? 'Copied' : state === 'refused' ? 'Not allowed' : 'Copy'}
        </button>
      </figcaption>
      <ScrollRegion aria-label="Code" className="overflow-x-auto" role="group">
        <pre className="w-max min-w-full px-3 pb-2.5 font-mono text-code text-strong">
          <code>
            {name === undefined ? (
              text
            ) : (
              <Suspense fallback={text}>
                <Highlighted language={name} text={text} />
              </Suspense>
            )}
          </code>
        </pre>
      </ScrollRegion>
    </figure>
  );
}
