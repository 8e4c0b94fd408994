import { Text, Title } from '@mantine/core';
import { IconInbox, type Icon } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import classes from './parts.module.css';

/** Nothing here yet: says why, and offers the first step. */
export function EmptyState({
  icon: Drawn = IconInbox,
  title,
  children,
  action,
  wholePage = false,
}: {
  readonly icon?: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** There is nothing else on the page: the title is the page's, and the browser tab's. */
  readonly wholePage?: boolean;
}) {
  useEffect(() => {
    if (wholePage) document.title = `${title} · Waymark`;
  }, [title, wholePage]);
  return (
    <div className={classes['empty']}>
      <Drawn size={40} stroke={1.4} className={classes['emptyIcon']} aria-hidden />
      <Title order={wholePage ? 1 : 2} size="h4">
        {title}
      </Title>
      {children !== undefined && (
        <Text c="dimmed" maw="34rem" component="div">
          {children}
        </Text>
      )}
      {action}
    </div>
  );
}
