import { Link } from 'wouter';
import { BackLink, BackToGroups } from '../../features/groups/group-link.tsx';
import { classes } from '../../ui/classes.ts';
import { DESKTOP, useMedia } from '../../ui/use-media.ts';
import { NowherePage } from '../nowhere-page.tsx';
import { SECTIONS } from './sections.ts';

/** The settings: a list of sections beside the open one; on a phone one after the other, so that "back" leads back. */
export function SettingsPage({ path }: { path: string | undefined }) {
  const isDesktop = useMedia(DESKTOP);
  const open = SECTIONS.find((section) => section.path === path);
  if (path !== undefined && !open) return <NowherePage />;
  const shown = open ?? (isDesktop ? SECTIONS[0] : undefined);
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-(--row-gutter) max-desktop:ps-1.5">
        {open ? <BackLink href="/settings" label="Back to the settings" /> : <BackToGroups />}
        <h1 className="font-semibold text-strong">
          {open && !isDesktop ? open.title : 'Settings'}
        </h1>
      </header>
      <div className="flex min-h-0 flex-1 gap-6 overflow-y-auto px-(--row-gutter) py-4">
        {(isDesktop || !shown) && <SectionLinks here={shown?.path} />}
        {shown && (
          <section
            aria-label={shown.title}
            className="flex max-w-120 min-w-0 flex-1 flex-col gap-6 pb-8"
          >
            {isDesktop && <h2 className="text-title font-semibold text-strong">{shown.title}</h2>}
            <shown.Content />
          </section>
        )}
      </div>
    </main>
  );
}

function SectionLinks({ here }: { here: string | undefined }) {
  return (
    <nav aria-label="Settings" className="flex flex-col gap-0.5 max-desktop:flex-1 desktop:w-48">
      {SECTIONS.map(({ path, title, Icon }) => (
        <Link
          aria-current={path === here ? 'page' : undefined}
          className={classes(
            'flex min-h-9 items-center gap-2.5 rounded-small px-2.5 max-desktop:min-h-12',
            path === here ? 'bg-accent-tint font-medium text-strong' : 'hover:bg-hover',
          )}
          href={`/settings/${path}`}
          key={path}
        >
          <Icon aria-hidden="true" className="text-muted" size={18} />
          {title}
        </Link>
      ))}
    </nav>
  );
}
