import { createElement, Fragment, type ReactNode } from 'react';

/** Nodes side by side. They never move (a message's text is parsed anew when it changes), so they need no keys. */
export function inOrder(nodes: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...nodes);
}
