/** The accent colour is too faint for text on dark and tinted surfaces: links have a separate tone. */
const LINK = {
  color: 'var(--color-accent-text)',
  '&:hover': { color: 'var(--color-accent-text)' },
};

/** Clerk's components in our own tokens (`web/styles/tokens.css`), so that they follow the theme. */
export const CLERK_APPEARANCE = {
  // Sign-up asks for the name, which others read beside every message; Clerk hides what it does not require.
  options: { showOptionalFields: true },
  variables: {
    colorPrimary: 'var(--color-accent)',
    colorPrimaryForeground: 'var(--color-on-accent)',
    colorDanger: 'var(--color-danger)',
    colorSuccess: 'var(--color-success)',
    colorWarning: 'var(--color-warning)',
    colorNeutral: 'var(--color-strong)',
    colorForeground: 'var(--color-strong)',
    colorMuted: 'var(--color-sunken)',
    colorMutedForeground: 'var(--color-muted)',
    colorBackground: 'var(--color-raised)',
    colorInput: 'var(--color-raised)',
    colorInputForeground: 'var(--color-strong)',
    colorBorder: 'var(--color-strong)',
    colorRing: 'var(--color-accent)',
    fontFamily: 'var(--font-sans)',
    fontSize: 'var(--text-body)',
    borderRadius: 'var(--radius-small)',
  },
  elements: {
    footerActionLink: LINK,
    formFieldAction: LINK,
    formResendCodeLink: LINK,
    identityPreviewEditButton: LINK,
    navbarButton: LINK,
    profileSectionPrimaryButton: LINK,
  },
} as const;
