import { RadioChoices } from '../../ui/controls/radio-choices.tsx';
import { SwitchField } from '../../ui/controls/switch-field.tsx';
import { changePreferences, usePreferences } from '../../ui/preferences.ts';

const SENDING_KEYS = [
  { value: 'enter', title: 'Enter (Shift+Enter breaks the line)' },
  { value: 'ctrl', title: 'Ctrl+Enter or ⌘+Enter (Enter breaks the line)' },
] as const;

/** How this user writes in this browser, and what others see of it. */
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
    </>
  );
}
