// Runs before the first paint. A blocking file, because the content policy forbids inline scripts.
{
  const root = document.documentElement;
  const { dataset } = root;
  const stored = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      // Some private windows refuse storage.
      return null;
    }
  };

  // A user who chose another look than the usual one does not see that flash by. web/ui/look.ts stores it.
  const theme = stored('edgewise.theme');
  if (theme === 'light' || theme === 'dark') dataset.theme = theme;
  if (stored('edgewise.density') === 'compact') dataset.density = 'compact';

  // Which of the first screens in the HTML is shown (web/app/first-screen.tsx), and whether the page loads Clerk at once
  // (web/session/expected-session.ts). Clerk's server sets `__client_uat`, which is 0 while no one is signed in.
  const isExpected =
    stored('edgewise.owed-sign-out') === null &&
    (stored('edgewise.user') !== null ||
      /(?:^|; )__client_uat(?:_[^=]*)?=[1-9]/.test(document.cookie) ||
      location.search.includes('__clerk_'));
  if (isExpected) dataset.session = 'expected';
  if (/^\/(?:sign-in|sign-up|profile)(?:\/|$)/.test(location.pathname)) dataset.first = 'account';
  else if (isExpected) dataset.first = 'frame';
  else if (location.pathname !== '/') dataset.first = 'link';

  // The code of this first page loads beside the page's own and not after it.
  const isWelcome = dataset.first === undefined || dataset.first === 'link';
  const parts = [isWelcome ? 'welcome' : dataset.first];
  // A user of the last visit sees what this browser has cached before Clerk loads.
  if (dataset.first === 'frame' && stored('edgewise.user') === null) parts.push('session');
  for (const part of parts) {
    const files = document.currentScript.dataset[part];
    for (const href of files ? files.split(' ') : []) {
      const link = document.createElement('link');
      link.rel = 'modulepreload';
      link.href = href;
      document.head.append(link);
    }
  }
}
