import {
  Copy,
  Download,
  Link,
  type LucideIcon,
  MailOpen,
  MessageSquareReply,
  Pencil,
  Pin,
  PinOff,
  Quote,
  SmilePlus,
  Trash2,
  UserRound,
} from 'lucide-react';
import * as Menu from 'radix-ui/dropdown-menu';
import { use } from 'react';
import type { FileReference, Message } from '../../../../protocol/models.ts';
import { classes } from '../../../ui/classes.ts';
import { MENU_ITEM } from '../../../ui/overlays/menu-item.ts';
import { useConversation } from '../conversation-context.ts';
import { type OpeningButton, overlayOf, partOf } from '../message/overlay-of.ts';
import { PeopleContext } from '../people-context.ts';
import type { Permitted } from '../permitted.ts';
import { useRecentEmoji } from '../reactions/recent-emoji.ts';
import { toggleReaction } from '../reactions/toggle-reaction.ts';
import { replyLabel } from './reply-label.ts';
import type { RowCommand } from './row-command.ts';

function DownloadItem({ file }: { file: FileReference }) {
  return (
    <Menu.Item asChild className={`${MENU_ITEM} text-default data-[highlighted]:text-strong`}>
      <a download={file.name} href={`${file.url}?download`}>
        <Download aria-hidden="true" className="shrink-0" size={16} />
        <span className="flex-1">Download</span>
      </a>
    </Menu.Item>
  );
}

/** The open menu of a message: all permitted commands, with their shortcuts. */
export function RowMenu({
  message,
  allows,
  button,
  onClose,
  onReact,
  run,
}: {
  message: Message;
  allows: Permitted;
  button: OpeningButton;
  onClose: () => void;
  onReact: () => void;
  run: (command: RowCommand, message: Message) => void;
}) {
  const author = use(PeopleContext).userOf(message.userId);
  const isPinned = message.pinnedAt !== undefined;
  const item = (command: RowCommand, label: string, icon: LucideIcon, hint?: string) => (
    <Item hint={hint} icon={icon} label={label} onSelect={() => run(command, message)} />
  );
  return (
    <Menu.Root modal={false} onOpenChange={(isOpen) => !isOpen && onClose()} open>
      {/* Only a place: the button is there before this is loaded. */}
      <Menu.Trigger asChild>
        <span aria-hidden="true" className="pointer-events-none absolute inset-0" />
      </Menu.Trigger>
      <Menu.Portal container={partOf(button)}>
        <Menu.Content
          align="end"
          className="z-50 w-64 pointer-coarse:w-80 animate-enter rounded-card bg-overlay p-1.5 shadow-overlay"
          collisionPadding={8}
          sideOffset={4}
          {...overlayOf(button)}
          aria-label="Message actions"
        >
          {allows.react && <QuickReactions message={message} onMore={onReact} />}
          {allows.reply && item('reply', replyLabel(message), MessageSquareReply, 'R')}
          {allows.edit && item('edit', 'Edit', Pencil, 'E')}
          {message.content !== '' && item('copy_text', 'Copy text', Copy)}
          {message.deletedAt === undefined && item('copy_link', 'Copy link', Link)}
          {message.content !== '' && item('quote', 'Quote', Quote)}
          {message.attachments?.length === 1 && message.attachments[0] && (
            <DownloadItem file={message.attachments[0]} />
          )}
          {allows.pin && item('pin', isPinned ? 'Unpin' : 'Pin', isPinned ? PinOff : Pin, 'P')}
          {author && (
            <Menu.Item
              className={`${MENU_ITEM} text-default data-[highlighted]:text-strong`}
              data-person={author.id}
            >
              <UserRound aria-hidden="true" size={16} />
              <span className="truncate">
                About <bdi>{author.name}</bdi>
              </span>
            </Menu.Item>
          )}
          {allows.markUnread && item('mark_unread', 'Mark unread from here', MailOpen, 'U')}
          {allows.delete && (
            <>
              <Menu.Separator className="my-1.5 h-px bg-line" />
              <Item
                isDangerous
                hint="Del"
                icon={Trash2}
                label="Delete"
                onSelect={() => run('delete', message)}
              />
            </>
          )}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** The recently used emoji, one touch each. */
function QuickReactions({ message, onMore }: { message: Message; onMore: () => void }) {
  const { client, me } = useConversation();
  const recent = useRecentEmoji(me);
  const shape =
    'grid size-8 pointer-coarse:size-11 place-items-center rounded-small outline-none data-[highlighted]:bg-hover';
  return (
    <>
      <Menu.Group aria-label="React" className="flex justify-between">
        {recent.slice(0, 6).map((emoji) => (
          <Menu.Item
            aria-label={`React with ${emoji}`}
            className={classes(shape, 'text-title')}
            key={emoji}
            onSelect={() => void toggleReaction(client, message, { emoji, me })}
          >
            {emoji}
          </Menu.Item>
        ))}
        <Menu.Item
          aria-label="More emoji"
          className={classes(shape, 'text-muted')}
          onSelect={onMore}
        >
          <SmilePlus aria-hidden="true" size={16} />
        </Menu.Item>
      </Menu.Group>
      <Menu.Separator className="my-1.5 h-px bg-line" />
    </>
  );
}

function Item({
  icon: Icon,
  label,
  hint,
  isDangerous = false,
  onSelect,
}: {
  icon: LucideIcon;
  label: string;
  hint?: string | undefined;
  isDangerous?: boolean;
  onSelect: () => void;
}) {
  return (
    <Menu.Item
      className={classes(
        MENU_ITEM,
        isDangerous ? 'text-danger' : 'text-default data-[highlighted]:text-strong',
      )}
      onSelect={onSelect}
    >
      <Icon aria-hidden="true" size={16} />
      <span className="flex-1">{label}</span>
      {/* The key is no part of the name: "Edit" is what it is called. */}
      {hint !== undefined && (
        <span aria-hidden="true" className="text-meta text-muted max-desktop:hidden">
          {hint}
        </span>
      )}
    </Menu.Item>
  );
}
