import { useState } from 'react';
import { RadioChoices } from '../../ui/controls/radio-choices.tsx';
import {
  chooseDensity,
  chooseTheme,
  type DensityChoice,
  readDensity,
  readTheme,
  type ThemeChoice,
} from '../../ui/look.ts';
import { changePreferences, type TimeFormat, usePreferences } from '../../ui/preferences.ts';

const THEMES: readonly { value: ThemeChoice; title: string }[] = [
  { value: 'system', title: 'Like the system' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
];

const DENSITIES: readonly { value: DensityChoice; title: string }[] = [
  { value: 'comfortable', title: 'Comfortable' },
  { value: 'compact', title: 'Compact' },
];

const TIME_FORMATS: readonly { value: TimeFormat; title: string }[] = [
  { value: 'locale', title: 'As usual in my language' },
  { value: '24', title: '14:02' },
  { value: '12', title: '2:02 PM' },
];

/** How the page looks in this browser. */
export function AppearanceSettings() {
  const [theme, setTheme] = useState(readTheme);
  const [density, setDensity] = useState(readDensity);
  const { timeFormat } = usePreferences();
  return (
    <>
      <RadioChoices
        choices={THEMES}
        legend="Theme"
        onChange={(choice) => {
          chooseTheme(choice);
          setTheme(choice);
        }}
        value={theme}
      />
      <RadioChoices
        choices={DENSITIES}
        legend="Density of messages"
        onChange={(choice) => {
          chooseDensity(choice);
          setDensity(choice);
        }}
        value={density}
      />
      <RadioChoices
        choices={TIME_FORMATS}
        legend="Times"
        onChange={(choice) => changePreferences({ timeFormat: choice })}
        value={timeFormat}
      />
    </>
  );
}
