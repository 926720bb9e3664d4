import type { Sendable } from './sendable.ts';

/** The counter near the limit, and the refusal of a text that is too long, announced after an attempt to send. */
export function ComposerNote({
  id,
  message,
  wasRefused,
}: {
  id: string;
  message: Sendable;
  wasRefused: boolean;
}) {
  const left = message.state === 'ready' ? message.left : undefined;
  return (
    <div className="flex max-w-(--column) gap-3 px-1 text-meta" id={id}>
      {message.state === 'too-long' && (
        <p className="flex-1 pt-1 text-danger" role={wasRefused ? 'alert' : undefined}>
          {message.sentence}
        </p>
      )}
      {left !== undefined && (
        <p className="ml-auto pt-1 text-muted tabular-nums">{left.toLocaleString()} left</p>
      )}
    </div>
  );
}
