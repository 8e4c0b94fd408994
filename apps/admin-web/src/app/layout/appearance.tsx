import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useLanguage } from '../../shared/translations.js';
import { chooseLanguage } from '../i18n.js';
import { useShellWords } from '../words.js';

const LANGUAGE_NAMES = { en: 'English', 'zh-CN': '简体中文' } as const;

/** Each language by its own name: readable to those who look for it. */
export function LanguageButton() {
  const { t } = useShellWords();
  const language = useLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('layout.language')}
          title={t('layout.language')}
        >
          <IconLanguage size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={language}
          onChange={(choice) => void chooseLanguage(choice === 'zh-CN' ? 'zh-CN' : 'en')}
        >
          {(['en', 'zh-CN'] as const).map((choice) => (
            <Menu.RadioItem key={choice} value={choice} lang={choice} closeMenuOnClick>
              {LANGUAGE_NAMES[choice]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

const SCHEMES = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconDeviceDesktop],
] as const;

export function AppearanceButton() {
  const { t } = useShellWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Drawn = SCHEMES.find(([name]) => name === colorScheme)?.[1] ?? IconDeviceDesktop;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('layout.appearance')}
          title={t('layout.appearance')}
        >
          <Drawn size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(chosen) => setColorScheme(chosen === 'light' || chosen === 'dark' ? chosen : 'auto')}
        >
          {SCHEMES.map(([name, Icon]) => (
            <Menu.RadioItem key={name} value={name} closeMenuOnClick rightSection={<Icon size={16} aria-hidden />}>
              {t(`appearance.${name}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
