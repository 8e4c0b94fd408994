import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
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
        {(['en', 'zh-CN'] as const).map((choice) => (
          <Menu.Item
            key={choice}
            lang={choice}
            role="menuitemradio"
            aria-checked={choice === language}
            onClick={() => void chooseLanguage(choice)}
            rightSection={choice === language ? <IconCheck size={16} aria-hidden /> : null}
          >
            {LANGUAGE_NAMES[choice]}
          </Menu.Item>
        ))}
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
        {SCHEMES.map(([name, Icon]) => (
          <Menu.Item
            key={name}
            role="menuitemradio"
            aria-checked={name === colorScheme}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={name === colorScheme ? <IconCheck size={16} aria-hidden /> : null}
            onClick={() => setColorScheme(name)}
          >
            {t(`appearance.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
