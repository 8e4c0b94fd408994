import { Button } from '@mantine/core';
import { IconLock, IconMapQuestion } from '@tabler/icons-react';
import { PlainLink } from '../shared/parts/app-link.js';
import { EmptyState } from '../shared/parts/empty-state.js';
import type { Permission } from '../shared/permissions.js';
import { useShellWords } from './words.js';

export function MissingPage() {
  const { t } = useShellWords();
  return (
    <EmptyState
      icon={IconMapQuestion}
      title={t('missing.title')}
      action={<Button renderRoot={(given) => <PlainLink to="/" {...given} />}>{t('missing.home')}</Button>}
    >
      {t('missing.text')}
    </EmptyState>
  );
}

/** An address whose page needs a permission that this person lacks here. */
export function NotForYou({ permission }: { readonly permission: Permission }) {
  const { t } = useShellWords();
  return (
    <EmptyState
      icon={IconLock}
      title={t('forbidden.title')}
      action={<Button renderRoot={(given) => <PlainLink to="/" {...given} />}>{t('missing.home')}</Button>}
    >
      {t('forbidden.text', { permission: t(`permission.${permission}`) })}
    </EmptyState>
  );
}
