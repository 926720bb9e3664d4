import { useChangeSettings, useSettings } from '../../api/settings.ts';
import { RadioChoices } from '../../ui/controls/radio-choices.tsx';
import { SwitchField } from '../../ui/controls/switch-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { changePreferences, usePreferences } from '../../ui/preferences.ts';
import { Skeleton } from '../../ui/skeleton.tsx';

const SENDING_KEYS = [
  { value: 'enter', title: 'Enter (Shift+Enter breaks the line)' },
  { value: 'ctrl', title: 'Ctrl+Enter or ⌘+Enter (Enter breaks the line)' },
] as const;

/** How this user writes in this browser, and what others see of their writing and reading. */
export function WritingSettings() {
  const { enterSends, tellsTyping } = usePreferences();
  return (
    <>
      <RadioChoices
        choices={SENDING_KEYS}
        legend="A message is sent by"
        onChange={(key) => changePreferences({ enterSends: key === 'enter' })}
        value={enterSends ? 'enter' : 'ctrl'}
      />
      <SwitchField
        checked={tellsTyping}
        hint="Others see your name below the messages while you write one."
        label="Show when I type"
        onChange={(checked) => changePreferences({ tellsTyping: checked })}
      />
      <ReadReceipts />
    </>
  );
}

/** Whether others see what I have read, and I what they have: set for the account, on all of my devices. */
function ReadReceipts() {
  const settings = useSettings();
  const change = useChangeSettings();
  const failure = change.failure ?? settings.failure;
  if (!settings.data && !failure) return <Skeleton className="h-12 w-full" />;
  return (
    <>
      {settings.data && (
        <SwitchField
          checked={settings.data.readReceipts ?? true}
          disabled={change.isPending}
          hint="Others see what you have read, and when. If you switch this off, you do not see what they have read either. This applies to all your devices."
          label="Read receipts"
          onChange={(readReceipts) => void change.run({ readReceipts })}
        />
      )}
      {failure && <Notice>{failure.detail}</Notice>}
    </>
  );
}
