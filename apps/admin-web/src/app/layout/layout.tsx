import { AppShell, Burger, Button, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useLocation, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { PlainLink } from '../../shared/parts/app-link.js';
import { openPalette, Palette } from '../palette/palette.js';
import { SignInAgain } from '../session/sign-in-again.js';
import { useShellWords } from '../words.js';
import { AccountMenu } from './account-menu.js';
import { AppearanceButton, LanguageButton } from './appearance.js';
import classes from './layout.module.css';
import { Mark } from './mark.js';
import { Navigation } from './navigation.js';
import { OrganisationSwitch } from './organisation-switch.js';
import { useHeadingFocus } from './use-heading-focus.js';

/** The frame around every page: who one is, where one can go, how it looks, and Ctrl-K. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const { t } = useShellWords();
  const [opened, drawer] = useDisclosure();
  // A drawer that is shut must not be walked through with Tab.
  const isPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  // An item, lot or label is named behind the `?`: another one is another page. Filters of a list are not.
  const shown = useRouterState({
    select: ({ resolvedLocation: at }) => at && `${at.pathname} ${(at.search as { id?: string }).id ?? ''}`,
  });
  useHeadingFocus(main, shown);
  const { close } = drawer;
  useEffect(() => close(), [pathname, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a href="#main" className={classes['skip']}>
        {t('layout.skip')}
      </a>
      <AppShell.Header className={classes['header']}>
        <Group gap="xs" wrap="nowrap" h="100%" px={{ base: 'xs', sm: 'md' }} justify="space-between">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={drawer.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('layout.menu')}
              aria-expanded={opened}
              aria-controls="navigation"
            />
            <PlainLink to="/" className={classes['brand']} aria-label={t('layout.home')}>
              <Mark />
              <Text fw={650} visibleFrom="xs" component="span">
                Waymark
              </Text>
            </PlainLink>
          </Group>
          <UnstyledButton
            className={classes['search']}
            onClick={openPalette}
            visibleFrom="sm"
            aria-keyshortcuts="Control+K"
          >
            <IconSearch size={16} aria-hidden />
            <span>{t('palette.open')}</span>
            <kbd>Ctrl K</kbd>
          </UnstyledButton>
          <Group gap={4} wrap="nowrap">
            <Button
              hiddenFrom="sm"
              variant="subtle"
              color="gray"
              px={8}
              onClick={openPalette}
              aria-label={t('palette.open')}
            >
              <IconSearch size={20} aria-hidden />
            </Button>
            <LanguageButton />
            <AppearanceButton />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar
        inert={isPhone && !opened}
        id="navigation"
        className={classes['navbar']}
        aria-label={t('layout.navigation')}
      >
        <OrganisationSwitch />
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1} className={classes['main']}>
        {children}
      </AppShell.Main>
      <Palette />
      <SignInAgain />
    </AppShell>
  );
}
