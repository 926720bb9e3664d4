import { Dialog } from '../../ui/overlays/dialog.tsx';

/** Key names as printed on a keyboard; alternatives are separate strings. */
const SHORTCUTS: readonly [title: string, keys: readonly [does: string, ...keys: string[]][]][] = [
  [
    'Groups',
    [
      ['Jump to a group, a person or a command', 'Ctrl K'],
      ['Group above or below', 'Alt ↑', 'Alt ↓'],
      ['The same, unread only', 'Alt Shift ↑', 'Alt Shift ↓'],
      ['Mark all as read', 'Shift Esc'],
      ['Move the focused favourite', 'Ctrl Shift ↑', 'Ctrl Shift ↓'],
      ['Menu of the focused group', 'Shift F10'],
      ['These keys', '?'],
    ],
  ],
  [
    'Messages',
    [
      ['Next or previous message or thread', 'J', 'K', '↓', '↑'],
      ['Reply in thread', 'R'],
      ['Add a reaction', '+'],
      ['Edit', 'E'],
      ['Pin or unpin', 'P'],
      ['Mark unread from here', 'U'],
      ['Delete', 'Del'],
      ['Clear the “New” line, then jump to newest', 'Esc'],
    ],
  ],
  [
    'Writing',
    [
      ['Edit my last message', '↑'],
      ['Bold', 'Ctrl B'],
      ['Italic', 'Ctrl I'],
      ['Strike', 'Ctrl Shift X'],
      ['Code', 'Ctrl E'],
      ['Link from the selected text', 'Ctrl K'],
    ],
  ],
];

const isMac = navigator.platform.startsWith('Mac');

/** Lists every keyboard shortcut. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog isText onClose={onClose} title="Keyboard shortcuts">
      <div className="flex flex-col gap-5">
        {SHORTCUTS.map(([title, keys]) => (
          <section key={title}>
            <h3 className="mb-1 text-secondary font-semibold text-strong">{title}</h3>
            <dl>
              {keys.map(([does, ...names]) => (
                <div className="flex min-h-8 items-center gap-3" key={does}>
                  <dt className="flex-1 text-default">{does}</dt>
                  <dd className="flex gap-1.5">
                    {names.map((name) => (
                      <kbd
                        className="rounded-small bg-neutral-4 px-1.5 py-0.5 font-sans text-meta text-strong"
                        key={name}
                      >
                        {isMac ? name.replace('Ctrl', '⌘').replace('Alt', '⌥') : name}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
