import { useState } from 'react';
import type { User, UserStatus } from '../../../protocol/models.ts';
import { useChangeMe } from '../../api/change-me.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import { statusNow } from '../../ui/people/user-status.tsx';
import { StatusEmoji } from './status-emoji.tsx';
import { STATUS_ENDS, type StatusEnd, statusEnd } from './status-ends.ts';

/** The longest status that the contract takes (protocol/models.ts: UserStatus). */
const CHARACTERS = 100;
const DEFAULT_EMOJI = '💬';

/** Common statuses, and how long they last. */
const USUAL: readonly { emoji: string; text: string; end: StatusEnd }[] = [
  { emoji: '🎧', text: 'Focusing', end: 'hour' },
  { emoji: '🍜', text: 'At lunch', end: 'hour' },
  { emoji: '🏡', text: 'Working from home', end: 'today' },
  { emoji: '🤒', text: 'Out sick', end: 'today' },
  { emoji: '🌴', text: 'On holiday', end: 'week' },
];

/** Sets the status beside the user's name, and when it ends. */
export function StatusDialog({ me, onClose }: { me: User; onClose: () => void }) {
  const now = statusNow(me);
  const [emoji, setEmoji] = useState(now?.emoji ?? '');
  const [text, setText] = useState(now?.text ?? '');
  const [end, setEnd] = useState<StatusEnd>('never');
  const change = useChangeMe();
  const save = (status: UserStatus | null) => void change.run({ status }, onClose);

  function submit(): void {
    const until = statusEnd(end, Date.now());
    const shown = emoji === '' ? DEFAULT_EMOJI : emoji;
    save({ emoji: shown, text: text.trim(), ...(until !== undefined && { until }) });
  }

  return (
    <Dialog onClose={onClose} title="Set a status">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="flex gap-2">
          <StatusEmoji emoji={emoji} onChange={setEmoji} />
          <input
            dir="auto"
            aria-label="What are you up to?"
            autoComplete="off"
            className="min-w-0 flex-1 rounded-small bg-canvas px-3 py-2 text-body text-strong outline-1 -outline-offset-1 outline-outline placeholder:text-muted focus:outline-2 focus:outline-accent-text"
            maxLength={CHARACTERS}
            onChange={(event) => setText(event.target.value)}
            placeholder="What are you up to?"
            value={text}
          />
        </div>
        <ul className="flex flex-wrap gap-1.5">
          {USUAL.map((usual) => (
            <li key={usual.text}>
              <Button
                look="outline"
                onClick={() => {
                  setEmoji(usual.emoji);
                  setText(usual.text);
                  setEnd(usual.end);
                }}
              >
                <span aria-hidden="true">{usual.emoji}</span> {usual.text}
              </Button>
            </li>
          ))}
        </ul>
        <label className="flex items-center gap-3 text-secondary font-medium text-strong">
          Show it
          <select
            className="min-h-9 rounded-small bg-canvas px-2 text-body font-normal outline-1 -outline-offset-1 outline-outline"
            onChange={({ target }) =>
              setEnd(STATUS_ENDS.find(({ id }) => id === target.value)?.id ?? 'never')
            }
            value={end}
          >
            {STATUS_ENDS.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {change.failure && <Notice>{change.failure.detail}</Notice>}
        <div className="flex justify-end gap-2">
          {now && (
            <Button className="me-auto" onClick={() => save(null)}>
              Clear status
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            busy={change.isPending}
            disabled={emoji === '' && text.trim() === ''}
            look="primary"
            type="submit"
          >
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
