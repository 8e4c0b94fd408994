import { Menu, UnstyledButton } from '@mantine/core';
import { IconBuilding, IconSelector, IconShieldCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useSession } from '../../shared/session/use-session.js';
import { useLanguage } from '../../shared/translations.js';
import { actFor } from '../session/session-calls.js';
import { useShellWords } from '../words.js';
import classes from './layout.module.css';

/** For whom one acts; people of several organisations choose. What was loaded for the other one is forgotten. */
export function OrganisationSwitch() {
  const { t } = useShellWords();
  const language = useLanguage();
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const current = session.organisations.find(({ account }) => account === session.organisation);
  const name = current?.name[language] ?? session.organisation;
  const Drawn = current?.role === 'regulator' ? IconShieldCheck : IconBuilding;
  if (session.organisations.length < 2)
    return (
      <div className={classes['organisation']}>
        <Drawn size={18} aria-hidden />
        <span className={classes['organisationName']}>{name}</span>
      </div>
    );
  const change = async (account: string) => {
    await actFor(account);
    queries.clear();
    await navigate({ to: '/' });
  };
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes['organisation']} aria-label={t('layout.organisation', { name })}>
          <Drawn size={18} aria-hidden />
          <span className={classes['organisationName']}>{name}</span>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={session.organisation} onChange={(account) => void change(account)}>
          {session.organisations.map(({ account, name: names }) => (
            <Menu.RadioItem key={account} value={account} closeMenuOnClick>
              {names[language]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
