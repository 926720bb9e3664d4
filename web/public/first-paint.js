// Runs before the first paint, so that a user who chose a theme other than the system's does not see the system's flash.
// A blocking file, because the content policy forbids inline scripts. web/features/people/theme.ts stores the choice.
try {
  const choice = localStorage.getItem('edgewise.theme');
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice;
} catch {
  // Some private windows refuse storage: the system's theme applies.
}
