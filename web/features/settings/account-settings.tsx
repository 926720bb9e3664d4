import { MonitorSmartphone, UserRound } from 'lucide-react';
import { useMe } from '../../api/people.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import { UsedStorage } from './used-storage.tsx';

const LINK =
  'flex min-h-11 items-center gap-2.5 rounded-small px-2.5 text-default hover:bg-hover hover:text-strong';

/** Who is signed in, what their files take, and the ways to the account at Clerk: profile, password, devices. */
export function AccountSettings() {
  const me = useMe().data;
  return (
    <>
      <div className="flex items-center gap-3">
        <Avatar person={me} size="large" />
        <div className="min-w-0">
          <p className="truncate font-semibold text-strong">
            <bdi>{me?.name}</bdi>
          </p>
          <p className="truncate text-muted">@{me?.handle}</p>
        </div>
      </div>
      {/* Clerk's own pages: they are left and come to by loading the page. */}
      <nav aria-label="Account" className="-mx-2.5 flex flex-col">
        <a className={LINK} href="/profile">
          <UserRound aria-hidden="true" className="text-muted" size={18} />
          Name, picture and addresses
        </a>
        <a className={LINK} href="/profile#/security">
          <MonitorSmartphone aria-hidden="true" className="text-muted" size={18} />
          Password and devices
        </a>
      </nav>
      <UsedStorage />
    </>
  );
}
