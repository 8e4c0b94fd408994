import { Group, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import classes from './parts.module.css';

/** The top of every page: what it is, its state, what it is for, and the next acts. Also names the browser's tab. */
export function RecordHeader({
  title,
  state,
  subtitle,
  actions,
}: {
  readonly title: string;
  readonly state?: ReactNode;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Waymark`;
  }, [title]);
  return (
    <header className={classes['recordHeader']}>
      <div className={classes['recordTitle']}>
        <Group gap="sm" align="center">
          <Title order={1} size="h2">
            {title}
          </Title>
          {state}
        </Group>
        {subtitle !== undefined && (
          <Text c="dimmed" component="div" mt={4} maw="48rem">
            {subtitle}
          </Text>
        )}
      </div>
      {actions !== undefined && <Group gap="sm">{actions}</Group>}
    </header>
  );
}
