import { Autocomplete, Button, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { shortName } from '@waymark/epcis/gs1';
import type { KnownName } from '../../../client/api.schemas.js';
import { captureNames } from '../../../client/capture/capture.js';
import { useLanguage } from '../../../shared/index.js';
import { useWords } from '../words.js';
import { type FieldFault, type KeyKind, withCheckDigit } from './build-document.js';

interface KnownNameInputProps {
  readonly label: string;
  readonly description?: string;
  /** Whose names are offered; none for numbers that have no names. */
  readonly names?: KnownName['kind'];
  readonly keyKind: KeyKind;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly fault: FieldFault | undefined;
  readonly required?: boolean;
}

/** The number inside a known identifier, or the identifier itself where it has none. */
const numberOf = (id: string) => /\/(?:01|414|417|00)\/(\d+)$/.exec(id)?.[1] ?? id;

/** A number with a check digit: picked by the name it is known under, or typed; a missing or wrong last digit is offered. */
export function KnownNameInput(props: KnownNameInputProps) {
  const { label, description, names, keyKind, value, onChange, fault, required = true } = props;
  const { t } = useWords();
  const language = useLanguage();
  const [text] = useDebouncedValue(value.trim().slice(0, 100), 250);
  const known = useQuery({
    queryKey: ['capture', 'names', names, /^\d{8,}$/.test(text) ? '' : text],
    queryFn: () => captureNames({ kind: names ?? 'product', ...(text !== '' && !/^\d{8,}$/.test(text) && { text }) }),
    enabled: names !== undefined,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const byNumber = new Map((known.data?.names ?? []).map((name) => [numberOf(name.id), name]));
  const chosen = byNumber.get(value.trim());
  const offer = withCheckDigit(keyKind, value);
  const wordOf = (name: KnownName | undefined, number: string) => (name?.names[language] ?? '') || shortName(number);
  return (
    <div>
      <Autocomplete
        label={label}
        description={chosen === undefined ? description : wordOf(chosen, value)}
        value={value}
        onChange={onChange}
        data={[...byNumber.keys()]}
        filter={({ options }) => options}
        renderOption={({ option }) => (
          <div>
            <Text size="sm">{wordOf(byNumber.get(option.value), option.value)}</Text>
            <Text size="xs" c="dimmed">
              {option.value}
              {byNumber.get(option.value)?.own === true ? ` · ${t('names.own')}` : ''}
            </Text>
          </div>
        )}
        error={fault !== undefined && t(fault.key, fault.values)}
        withAsterisk={required}
        maxLength={500}
        autoComplete="off"
      />
      {fault !== undefined && offer !== undefined && (
        <Button mt={4} size="compact-xs" variant="light" onClick={() => onChange(offer)}>
          {t('form.takeDigit', { number: offer })}
        </Button>
      )}
    </div>
  );
}
