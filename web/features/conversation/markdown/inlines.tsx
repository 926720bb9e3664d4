import { createElement, Fragment, type ReactNode } from 'react';
import { assertNever } from '../../../../protocol/assert-never.ts';
import type { Inline } from '../../../../protocol/markdown/tokens.ts';
import { Mention } from './mention.tsx';

/** The parts of a line. */
export function inlines(parts: readonly Inline[]): ReactNode {
  return inOrder(parts.map(inline));
}

/** Nodes side by side. They never move (a message is parsed again when it changes), so they need no keys. */
export function inOrder(nodes: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...nodes);
}

function inline(part: Inline): ReactNode {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'strong':
      return <strong className="font-semibold text-strong">{inlines(part.children)}</strong>;
    case 'emphasis':
      return <em>{inlines(part.children)}</em>;
    case 'strike':
      return <del>{inlines(part.children)}</del>;
    case 'code':
      return (
        <code className="rounded-[4px] bg-code-surface inset-ring-1 inset-ring-line px-1 py-0.5 font-mono text-code break-words text-strong [unicode-bidi:isolate]">
          {part.text}
        </code>
      );
    case 'mention':
      return <Mention userId={part.userId} />;
    case 'link':
      return (
        <a
          className="text-accent-text underline decoration-1 underline-offset-2 [unicode-bidi:isolate] hover:decoration-2"
          href={part.href}
          rel="noopener noreferrer"
          target="_blank"
          title={part.title}
        >
          {inlines(part.children)}
        </a>
      );
    default:
      return assertNever(part);
  }
}
