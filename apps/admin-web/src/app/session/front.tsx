import { Group, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { AppearanceButton, LanguageButton } from '../layout/appearance.js';
import { Mark } from '../layout/mark.js';
import classes from './front.module.css';

/** The frame of the pages before sign-in. */
export function Front({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Waymark`;
  }, [title]);
  return (
    <div className={classes['front']}>
      <Group justify="flex-end" gap={4} p="xs" component="header">
        <LanguageButton />
        <AppearanceButton />
      </Group>
      <main className={classes['card']}>
        <Group gap="sm" mb="lg">
          <Mark size={34} />
          <Text fw={650} size="lg">
            Waymark
          </Text>
        </Group>
        <Title order={1} size="h3" mb="xs">
          {title}
        </Title>
        {text !== undefined && (
          <Text c="dimmed" mb="lg">
            {text}
          </Text>
        )}
        {children}
      </main>
    </div>
  );
}
