// Runs before the first paint (a blocking script of our own: the page's policy allows no inline ones), so that a person
// who chose a theme other than the system's never sees the other one flash. web/features/people/theme.ts writes the choice.
try {
  const choice = localStorage.getItem('edgewise.theme');
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice;
} catch {
  // Storage is refused in some private windows: the system's theme it is.
}
