import { Tooltip } from '@mantine/core';
import {
  IconCircleCheck,
  IconClock,
  IconHelpCircle,
  IconCircleX,
  IconShieldCheck,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Tone } from '../theme.js';
import { useSharedWords } from '../words.js';
import classes from './parts.module.css';

const ICONS: Readonly<Record<Tone, Icon>> = {
  final: IconCircleCheck,
  provisional: IconClock,
  refused: IconCircleX,
  regulator: IconShieldCheck,
  unknown: IconHelpCircle,
};

/** A state as icon, word and colour: never colour alone. `hint` explains it on hover and focus. */
export function ToneBadge({
  tone,
  children,
  hint,
  icon,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly hint?: string;
  readonly icon?: Icon;
}) {
  const Drawn = icon ?? ICONS[tone];
  const badge = (
    <span className={classes['tone']} data-tone={tone} {...(hint !== undefined && { tabIndex: 0 })}>
      <Drawn size={15} stroke={2} aria-hidden />
      <span>{children}</span>
    </span>
  );
  return hint === undefined ? (
    badge
  ) : (
    <Tooltip label={hint} multiline w={260} events={{ hover: true, focus: true, touch: true }}>
      {badge}
    </Tooltip>
  );
}

/** How far a fact has come. */
export type Level = 'received' | 'final' | 'refused' | 'unknown';

const TONES: Readonly<Record<Level, Tone>> = {
  received: 'provisional',
  final: 'final',
  refused: 'refused',
  unknown: 'unknown',
};

export function LevelBadge({ level }: { readonly level: Level }) {
  const { t } = useSharedWords();
  return (
    <ToneBadge tone={TONES[level]} hint={t(`level.${level}.hint`)}>
      {t(`level.${level}`)}
    </ToneBadge>
  );
}
