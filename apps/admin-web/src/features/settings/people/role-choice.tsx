import { Checkbox, Stack } from '@mantine/core';
import type { Role } from '../../../client/api.schemas.js';
import { useListRoles } from '../../../client/people/people.js';
import { ErrorBox } from '../../../shared/index.js';
import { useSettingsWords } from '../words.js';

/** Roles with what each of them means; those that the organisation may not give are not offered. */
export function RoleChoice({
  value,
  onChange,
}: {
  readonly value: readonly Role[];
  readonly onChange: (roles: Role[]) => void;
}) {
  const { t } = useSettingsWords();
  const roles = useListRoles();
  if (roles.error !== null) return <ErrorBox error={roles.error} onRetry={() => void roles.refetch()} />;
  const offered = (roles.data?.roles ?? []).filter(({ role, grantable }) => grantable || value.includes(role));
  return (
    <Checkbox.Group
      label={t('people.roles')}
      description={t('people.roles.hint')}
      value={[...value]}
      onChange={(chosen) => onChange(chosen)}
    >
      <Stack gap="xs" mt="xs">
        {offered.map(({ role }) => (
          <Checkbox key={role} value={role} label={t(`role.${role}`)} description={t(`role.${role}.text`)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
