import { Text, Title } from '@mantine/core';
import { IconInbox, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './parts.module.css';

/** Nothing here yet: says why, and offers the first step. */
export function EmptyState({
  icon: Drawn = IconInbox,
  title,
  children,
  action,
}: {
  readonly icon?: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={classes['empty']}>
      <Drawn size={40} stroke={1.4} className={classes['emptyIcon']} aria-hidden />
      <Title order={2} size="h4">
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
