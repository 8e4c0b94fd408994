import { ActionIcon, Button, Group, Menu, Skeleton, Text } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowsSort,
  IconArrowUp,
  IconChevronLeft,
  IconChevronRight,
  IconColumns3,
  IconX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../parts/empty-state.js';
import { ErrorBox } from '../parts/error-box.js';
import { useSharedWords } from '../words.js';
import classes from './data-list.module.css';
import type { Paging } from './paging.js';
import { useColumnChoice } from './use-column-choice.js';

export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Asked of the server through `onSort`. */
  readonly sortable?: boolean;
  readonly numeric?: boolean;
  /** Not shown until somebody chooses it. */
  readonly hidden?: boolean;
  /** The column that names the row: always shown, and the head of the card on a phone. One of the columns. */
  readonly lead?: boolean;
}

export interface Sort {
  readonly key: string;
  readonly direction: 'asc' | 'desc';
}

/** A filter that is on: shown as a chip that takes it off. */
export interface FilterChip {
  readonly key: string;
  readonly label: string;
  readonly onRemove: () => void;
}

export interface DataListProps<Row> {
  /** Names the list in the browser's storage (its chosen columns). */
  readonly id: string;
  /** What the list is, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** undefined while loading for the first time. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  /** Shown when there is nothing at all: teaches the first step. */
  readonly empty?: ReactNode;
  readonly sort?: Sort | undefined;
  readonly onSort?: (sort: Sort) => void;
  readonly paging?: Paging;
  /** Inputs that set filters, left of the bar. */
  readonly filters?: ReactNode;
  readonly chips?: readonly FilterChip[];
  readonly onClearFilters?: () => void;
  /** Buttons at the right of the bar: export and other acts on the whole list. */
  readonly actions?: ReactNode;
}

const SKELETON_ROWS = 6;

/** A list of the console: pages, sorting and filters are the server's; columns are the reader's choice. */
export function DataList<Row>(props: DataListProps<Row>) {
  const { id, label, columns, rows, rowKey, error, onRetry, empty, sort, onSort, paging, filters, actions } = props;
  const { t } = useSharedWords();
  const { isShown, choose } = useColumnChoice(id, columns);
  const chips = props.chips ?? [];
  const shown = columns.filter((column) => isShown(column.key));
  const filtered = chips.length > 0;
  const failed = error !== undefined && error !== null;
  const hasBar = filters !== undefined || actions !== undefined || filtered || rows === undefined || rows.length > 0;

  return (
    <section className={classes['frame']} aria-label={label}>
      {hasBar && (
        <div className={classes['bar']}>
          <div className={classes['filters']}>
            {filters}
            {chips.map((chip) => (
              <span key={chip.key} className={classes['chip']}>
                {chip.label}
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  color="gray"
                  onClick={chip.onRemove}
                  aria-label={t('list.removeFilter', { label: chip.label })}
                >
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              </span>
            ))}
            {filtered && props.onClearFilters !== undefined && (
              <Button size="compact-sm" variant="subtle" onClick={props.onClearFilters}>
                {t('list.clearFilters')}
              </Button>
            )}
          </div>
          <Group gap="xs">
            {actions}
            <Menu closeOnItemClick={false} position="bottom-end" width={240}>
              <Menu.Target>
                <ActionIcon variant="default" size="lg" aria-label={t('list.columns')} title={t('list.columns')}>
                  <IconColumns3 size={18} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {columns.map((column) => (
                  <Menu.CheckboxItem
                    key={column.key}
                    disabled={column.lead === true}
                    checked={isShown(column.key)}
                    onChange={(shown) => choose(column.key, shown)}
                  >
                    {column.header}
                  </Menu.CheckboxItem>
                ))}
              </Menu.Dropdown>
            </Menu>
          </Group>
        </div>
      )}
      {failed ? (
        <div className={classes['state']}>
          <ErrorBox error={error} onRetry={onRetry} />
        </div>
      ) : rows !== undefined && rows.length === 0 ? (
        filtered ? (
          <EmptyState title={t('list.emptyFiltered')} />
        ) : (
          (empty ?? <EmptyState title={t('list.empty')} />)
        )
      ) : (
        <div className={classes['scroll']}>
          <table className={classes['table']} aria-busy={rows === undefined}>
            <caption className="wm-visually-hidden">{label}</caption>
            <thead>
              <tr>
                {shown.map((column) => (
                  <HeaderCell key={column.key} column={column} sort={sort} onSort={onSort} />
                ))}
              </tr>
            </thead>
            <tbody>
              {rows === undefined
                ? Array.from({ length: SKELETON_ROWS }, (_, index) => (
                    <tr key={index}>
                      {shown.map((column) => (
                        <td key={column.key} data-label={column.header} data-lead={column.lead}>
                          <Skeleton height={14} my={4} />
                        </td>
                      ))}
                    </tr>
                  ))
                : rows.map((row) => (
                    <tr key={rowKey(row)}>
                      {shown.map((column) => (
                        <td
                          key={column.key}
                          data-label={column.header}
                          data-lead={column.lead}
                          className={column.numeric === true ? classes['numeric'] : undefined}
                        >
                          <div>{column.cell(row)}</div>
                        </td>
                      ))}
                    </tr>
                  ))}
            </tbody>
          </table>
        </div>
      )}
      {paging !== undefined && (paging.page > 1 || paging.hasNext || paging.total !== undefined) && !failed && (
        <nav className={classes['foot']} aria-label={label}>
          <Text size="sm" c="dimmed">
            {paging.total !== undefined ? t('list.rows', { count: paging.total }) : ''}
          </Text>
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="default"
              disabled={paging.page <= 1}
              onClick={paging.previous}
              leftSection={<IconChevronLeft size={14} aria-hidden />}
            >
              {t('list.previous')}
            </Button>
            <Text size="sm" aria-live="polite">
              {t('list.page', { page: paging.page })}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!paging.hasNext}
              onClick={paging.next}
              rightSection={<IconChevronRight size={14} aria-hidden />}
            >
              {t('list.next')}
            </Button>
          </Group>
        </nav>
      )}
    </section>
  );
}

function HeaderCell<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
}) {
  const { t } = useSharedWords();
  const direction = sort?.key === column.key ? sort.direction : undefined;
  const numeric = column.numeric === true ? classes['numeric'] : undefined;
  if (column.sortable !== true || onSort === undefined)
    return (
      <th scope="col" className={numeric}>
        {column.header}
      </th>
    );
  const Drawn = direction === 'asc' ? IconArrowUp : direction === 'desc' ? IconArrowDown : IconArrowsSort;
  return (
    <th
      scope="col"
      className={numeric}
      aria-sort={direction === undefined ? 'none' : direction === 'asc' ? 'ascending' : 'descending'}
    >
      <button
        type="button"
        className={classes['sort']}
        title={t('list.sort', { column: column.header })}
        onClick={() => onSort({ key: column.key, direction: direction === 'asc' ? 'desc' : 'asc' })}
      >
        {column.header}
        <Drawn size={14} aria-hidden />
      </button>
    </th>
  );
}
