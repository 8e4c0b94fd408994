import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Person, Role } from '../../../client/api.schemas.js';
import { changePerson } from '../../../client/people/people.js';
import { ApiError, ErrorBox, formatWhen, Notice, useAct, useDraft } from '../../../shared/index.js';
import classes from '../settings.module.css';
import { useSettingsWords } from '../words.js';
import { RoleChoice } from './role-choice.js';

interface Draft {
  /** Of the record that the person saw when they began to type. */
  readonly version: number;
  readonly jobTitle: string;
  readonly roles: readonly Role[];
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Draft).version === 'number' &&
  typeof (value as Draft).jobTitle === 'string' &&
  Array.isArray((value as Draft).roles);

/** Changes roles and job title. Where somebody else saved meanwhile, both are shown and one chooses; nothing typed is lost. */
export function PersonDialog({
  person,
  onClose,
  onSaved,
}: {
  readonly person: Person;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) {
  const { t, language } = useSettingsWords();
  const draft = useDraft<Draft>(
    `person-${person.id}`,
    { version: person.version, jobTitle: person.jobTitle, roles: person.roles },
    isDraft,
  );
  const { jobTitle, roles } = draft.value;
  const [theirs, setTheirs] = useState<Person>();
  const set = (change: Partial<Draft>) => draft.set((before) => ({ ...before, ...change }));
  const {
    busy,
    error,
    run: save,
  } = useAct(async (version: number) => {
    try {
      await changePerson(person.id, { version, jobTitle, roles: [...roles] });
      draft.discard();
      onSaved();
    } catch (cause) {
      const current = cause instanceof ApiError && cause.code === 'EDIT_CONFLICT' ? cause.problem.current : undefined;
      if (current === undefined) throw cause;
      setTheirs(current as Person);
    }
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(draft.value.version);
  };
  const takeTheirs = (current: Person) => {
    draft.set({ version: current.version, jobTitle: current.jobTitle, roles: current.roles });
    setTheirs(undefined);
  };
  const namesOf = (some: readonly Role[]) =>
    new Intl.ListFormat(language, { type: 'unit' }).format(some.map((role) => t(`role.${role}`)));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('person.title', { name: person.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
      size="lg"
    >
      <form onSubmit={submit} aria-label={t('person.title', { name: person.name })}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {person.email}
          </Text>
          {error !== undefined && <ErrorBox error={error} />}
          {theirs !== undefined && (
            <Notice tone="provisional" title={t('conflict.title', { who: theirs.changedBy })}>
              <Stack gap="sm">
                <Text size="sm">
                  {t('conflict.text', { when: formatWhen(new Date(theirs.changedAt), language, 'second') })}
                </Text>
                <div className={classes['compare']}>
                  <span />
                  <strong>{t('conflict.yours')}</strong>
                  <strong>{t('conflict.theirs')}</strong>
                  <span>{t('people.jobTitle')}</span>
                  <span>{jobTitle}</span>
                  <span>{theirs.jobTitle}</span>
                  <span>{t('people.roles')}</span>
                  <span>{namesOf(roles)}</span>
                  <span>{namesOf(theirs.roles)}</span>
                </div>
                <Group>
                  <Button size="xs" loading={busy} onClick={() => save(theirs.version)}>
                    {t('conflict.keepYours')}
                  </Button>
                  <Button size="xs" variant="default" onClick={() => takeTheirs(theirs)}>
                    {t('conflict.takeTheirs')}
                  </Button>
                </Group>
              </Stack>
            </Notice>
          )}
          <TextInput
            label={t('people.jobTitle')}
            maxLength={120}
            value={jobTitle}
            onChange={(event) => set({ jobTitle: event.currentTarget.value })}
          />
          <RoleChoice value={roles} onChange={(chosen) => set({ roles: chosen })} />
          <Group justify="flex-end">
            <Button
              variant="default"
              onClick={() => {
                draft.discard();
                onClose();
              }}
            >
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={roles.length === 0 || theirs !== undefined}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
