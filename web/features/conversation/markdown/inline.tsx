import type { MarkedToken, Token } from 'marked';
import type { ReactNode } from 'react';
import { cutAtMentions } from '../mention-text.ts';
import { known } from './lex.ts';
import { Mention } from './mention.tsx';
import { inOrder } from './plain-text.tsx';

/** Deeper text is shown as it was typed, because every level adds to React's stack. */
export const MOST_LEVELS = 24;

/** Renders inline tokens: emphasis, code, links, text. HTML is shown as text. */
export function inline(tokens: readonly Token[] | undefined, level: number): ReactNode {
  return inOrder(known(tokens).map((token) => inlineToken(token, level)));
}

function inlineToken(token: MarkedToken, level: number): ReactNode {
  if (level > MOST_LEVELS) return token.raw;
  switch (token.type) {
    case 'strong':
      return (
        <strong className="font-semibold text-strong">{inline(token.tokens, level + 1)}</strong>
      );
    case 'em':
      return <em>{inline(token.tokens, level + 1)}</em>;
    case 'del':
      return <del>{inline(token.tokens, level + 1)}</del>;
    case 'codespan':
      return (
        <code className="rounded-[4px] bg-neutral-4 px-1 py-0.5 font-mono text-code break-words text-strong">
          {token.text}
        </code>
      );
    case 'br':
      return <br />;
    case 'link':
      return link(token.href, inline(token.tokens, level + 1), token.raw);
    case 'image':
      // Loading an image would tell its server who reads the message, and when.
      return link(token.href, token.text === '' ? token.href : token.text, token.raw);
    case 'text':
      return token.tokens ? inline(token.tokens, level + 1) : withMentions(token.text);
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

/** Text with mentions. */
export function withMentions(text: string): ReactNode {
  return inOrder(
    cutAtMentions(text).map((piece) =>
      piece.type === 'text' ? piece.text : mention(piece.userId),
    ),
  );
}

function mention(userId: string): ReactNode {
  return <Mention userId={userId} />;
}

function link(href: string, label: ReactNode, raw: string): ReactNode {
  const safe = safeHref(href);
  if (safe === undefined) return raw;
  return (
    <a
      className="text-accent-text underline decoration-1 underline-offset-2 hover:decoration-2"
      href={safe}
      rel="noopener noreferrer"
      target="_blank"
    >
      {label}
    </a>
  );
}

/** The schemes that a link in a message may have: others (`javascript:`, `data:`, `file:` …) run code or reveal data. */
const SAFE = new Set(['http:', 'https:', 'mailto:']);

/** The address if it may be a link; undefined for one that is shown as text, as relative addresses are. */
export function safeHref(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return SAFE.has(url.protocol) ? url.href : undefined;
}
