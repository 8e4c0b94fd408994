import { Skeleton, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useListRoles } from '../../../client/people/people.js';
import { ErrorBox, RecordHeader } from '../../../shared/index.js';
import classes from '../settings.module.css';
import { useSettingsWords } from '../words.js';

/** Who may do what: roles against permissions, as the API itself decides. */
export default function RolesPage() {
  const { t } = useSettingsWords();
  const roles = useListRoles();
  return (
    <div className={classes['stack']}>
      <RecordHeader title={t('roles.title')} subtitle={t('roles.text')} />
      {roles.error !== null && <ErrorBox error={roles.error} onRetry={() => void roles.refetch()} />}
      {roles.data === undefined && roles.error === null && <Skeleton height={320} />}
      {roles.data !== undefined && (
        <div
          className={`${classes['card']} ${classes['matrix']}`}
          tabIndex={0}
          role="region"
          aria-label={t('roles.title')}
        >
          <table>
            <caption className="wm-visually-hidden">{t('roles.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('roles.permission')}</th>
                {roles.data.roles.map(({ role, grantable }) => (
                  <th key={role} scope="col" className={classes['mark']}>
                    {t(`role.${role}`)}
                    {!grantable && (
                      <Text size="xs" c="dimmed" fw={400}>
                        {t('roles.notHere')}
                      </Text>
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {roles.data.permissions.map((permission) => (
                <tr key={permission}>
                  <th scope="row">
                    {t(`permission.${permission}`)}
                    <Text size="sm" c="dimmed" fw={400}>
                      {t(`permission.${permission}.text`)}
                    </Text>
                  </th>
                  {roles.data.roles.map(({ role, permissions, grantable }) => (
                    <td
                      key={role}
                      className={classes['mark']}
                      data-label={grantable ? t(`role.${role}`) : `${t(`role.${role}`)} · ${t('roles.notHere')}`}
                      data-has={permissions.includes(permission)}
                    >
                      {permissions.includes(permission) ? (
                        <IconCheck size={18} role="img" aria-label={t('roles.yes')} />
                      ) : (
                        <span className="wm-visually-hidden">{t('roles.no')}</span>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
