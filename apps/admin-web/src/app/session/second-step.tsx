import { Anchor, PinInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useShellWords } from '../words.js';

/** Six digits of the phone's app, or a recovery code where the phone is lost. */
export function SecondStep({
  value,
  onChange,
  first = true,
}: {
  readonly value: string;
  /** Whether typing begins here; not where a password is asked for above. */
  readonly first?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useShellWords();
  const [recovery, setRecovery] = useState(false);
  const change = () => {
    setRecovery(!recovery);
    onChange('');
  };
  return (
    <div>
      {recovery ? (
        <TextInput
          label={t('signIn.recovery')}
          description={t('signIn.recovery.hint')}
          autoComplete="off"
          autoFocus
          maxLength={40}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <div role="group" aria-labelledby="totp-label">
          <Text size="sm" fw={500} id="totp-label">
            {t('signIn.totp')}
          </Text>
          <Text size="xs" c="dimmed" mb={6}>
            {t('signIn.totp.hint')}
          </Text>
          <PinInput
            length={6}
            type="number"
            oneTimeCode
            autoFocus={first}
            value={value}
            onChange={onChange}
            getInputProps={(index) => ({ 'aria-label': t('signIn.totp.digit', { digit: index + 1 }) })}
          />
        </div>
      )}
      <Anchor component="button" type="button" size="sm" mt={6} onClick={change}>
        {recovery ? t('signIn.recovery.back') : t('signIn.recovery.use')}
      </Anchor>
    </div>
  );
}
