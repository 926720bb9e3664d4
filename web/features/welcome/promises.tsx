import { CloudOff, ListChecks, Server } from 'lucide-react';

const PROMISES = [
  {
    Icon: ListChecks,
    title: 'Everyone sees the same',
    text: 'Every member sees every message exactly once and in one order, after reconnects, crashes and days away.',
  },
  {
    Icon: CloudOff,
    title: 'Nothing you write is lost',
    text: 'Write on a train. What you send waits on your device and goes out, in order, when you are back.',
  },
  {
    Icon: Server,
    title: 'It runs on your own account',
    text: 'On your own Cloudflare account, put there with one command. No server to look after.',
  },
] as const;

/** The purpose of Edgewise, in three sentences. */
export function Promises() {
  return (
    <ul className="grid gap-x-8 gap-y-6 desktop:grid-cols-3">
      {PROMISES.map(({ Icon, title, text }) => (
        <li className="flex flex-col gap-1.5" key={title}>
          <Icon aria-hidden="true" className="text-accent-text" size={22} strokeWidth={1.75} />
          <h2 className="font-semibold text-strong">{title}</h2>
          <p className="text-pretty text-muted">{text}</p>
        </li>
      ))}
    </ul>
  );
}
