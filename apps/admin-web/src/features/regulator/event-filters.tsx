import { Button, Checkbox, Collapse, Grid, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import type { RegulatorEventsParams } from '../../client/api.schemas.js';
import { MomentInput } from '../../shared/dates/moment-input.js';
import { formatWhen, type FilterChip, type Language, type SearchTexts } from '../../shared/index.js';
import classes from './regulator.module.css';
import { useRegulatorWords, type RegulatorWords } from './words.js';

/** Filters as they stand in the address; the API takes them under the same names. */
export const FILTERS = [
  'item',
  'product',
  'lot',
  'serial',
  'organisation',
  'place',
  'step',
  'disposition',
  'type',
  'eventFrom',
  'eventTo',
  'recordFrom',
  'recordTo',
  'heightFrom',
  'heightTo',
  'warnings',
  'withdrawn',
] as const;
export type FilterName = (typeof FILTERS)[number];

const TIMES: readonly FilterName[] = ['eventFrom', 'eventTo', 'recordFrom', 'recordTo'];
const HEIGHTS: readonly FilterName[] = ['heightFrom', 'heightTo'];

const STEPS =
  'accepting arriving assembling collecting commissioning consigning creating_class_instance decommissioning departing destroying disassembling encoding holding inspecting installing loading packing picking receiving repackaging repairing retail_selling sampling shipping staging_outbound storing transporting unloading unpacking'.split(
    ' ',
  );
const DISPOSITIONS =
  'active available completeness_inferred conformant container_closed damaged destroyed disposed expired in_progress in_transit inactive mismatch_quantity needs_replacement non_conformant non_sellable_other recalled reserved retail_sold returned sellable_accessible sellable_not_accessible stolen unknown'.split(
    ' ',
  );
const TYPES = ['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent'];

/** What the API is asked for: days become moments in the reader's time zone. */
export function filterParameters(search: SearchTexts): RegulatorEventsParams {
  const given: Record<string, string | number> = {};
  for (const name of FILTERS) {
    const value = search[name];
    if (value === undefined || value === '') continue;
    if (TIMES.includes(name)) {
      const time = new Date(value);
      if (!Number.isNaN(time.getTime())) given[name] = time.toISOString();
    } else if (HEIGHTS.includes(name)) {
      if (/^\d{1,15}$/.test(value)) given[name] = Number(value);
    } else given[name] = value;
  }
  return given;
}

export function filterChips(
  search: SearchTexts,
  t: RegulatorWords,
  language: Language,
  nameOf: (account: string) => string,
  change: (wanted: Readonly<Record<string, string | undefined>>) => void,
): FilterChip[] {
  return FILTERS.flatMap((name) => {
    const value = search[name];
    if (value === undefined || value === '') return [];
    const shown =
      name === 'organisation'
        ? value.split('|').map(nameOf).join(', ')
        : name === 'warnings' || name === 'withdrawn'
          ? t('filter.only')
          : TIMES.includes(name) && !Number.isNaN(Date.parse(value))
            ? formatWhen(new Date(value), language)
            : value.replaceAll('|', ', ');
    return [
      {
        key: name,
        label: t('filter.chip', { name: t(`filter.${name}`), value: shown }),
        onRemove: () => change({ [name]: undefined }),
      },
    ];
  });
}

interface EventFiltersProps {
  readonly search: SearchTexts;
  readonly organisations: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (wanted: Readonly<Record<string, string | undefined>>) => void;
}

/** The form above the list: an identifier at hand, everything else behind one button. */
export function EventFilters({ search, organisations, onChange }: EventFiltersProps) {
  const { t } = useRegulatorWords();
  const [open, setOpen] = useState(false);
  const [item, setItem] = useState(search['item'] ?? '');
  const lists = (name: FilterName) => (search[name] ?? '').split('|').filter((value) => value !== '');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: FilterName) => {
      const value = form.get(name);
      return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
    };
    onChange({
      item: item.trim() === '' ? undefined : item.trim(),
      ...Object.fromEntries(
        (['product', 'lot', 'serial', 'place', ...TIMES, ...HEIGHTS] as const).map((name) => [name, text(name)]),
      ),
    });
  };
  const chosen = (name: FilterName) => (values: string[]) => onChange({ [name]: values.join('|') });
  return (
    <form onSubmit={submit} className={classes['filterForm']} aria-label={t('filter.form')}>
      <div className={classes['filterHead']}>
        <TextInput
          value={item}
          onChange={(event) => setItem(event.currentTarget.value)}
          placeholder={t('filter.item.placeholder')}
          aria-label={t('filter.item')}
          className={classes['grow']}
        />
        <Button type="submit">{t('filter.apply')}</Button>
        <Button
          variant="default"
          leftSection={<IconAdjustments size={16} aria-hidden />}
          onClick={() => setOpen(!open)}
          aria-expanded={open}
        >
          {t('filter.more')}
        </Button>
      </div>
      <Collapse expanded={open}>
        <Grid gap="sm" mt="sm">
          <Cell>
            <MultiSelect
              label={t('filter.organisation')}
              data={[...organisations]}
              value={lists('organisation')}
              onChange={chosen('organisation')}
              searchable
              clearable
            />
          </Cell>
          <Cell>
            <MultiSelect
              label={t('filter.step')}
              data={STEPS}
              value={lists('step')}
              onChange={chosen('step')}
              searchable
              clearable
            />
          </Cell>
          <Cell>
            <MultiSelect
              label={t('filter.disposition')}
              data={DISPOSITIONS}
              value={lists('disposition')}
              onChange={chosen('disposition')}
              searchable
              clearable
            />
          </Cell>
          <Cell>
            <Select
              label={t('filter.type')}
              data={TYPES}
              value={search['type'] ?? null}
              onChange={(value) => onChange({ type: value ?? undefined })}
              clearable
            />
          </Cell>
          {(['product', 'lot', 'serial', 'place'] as const).map((name) => (
            <Cell key={name}>
              <TextInput
                key={search[name] ?? ''}
                name={name}
                label={t(`filter.${name}`)}
                defaultValue={search[name] ?? ''}
              />
            </Cell>
          ))}
          {(['eventFrom', 'eventTo', 'recordFrom', 'recordTo'] as const).map((name) => (
            <Cell key={name}>
              <MomentField
                key={search[name] ?? ''}
                name={name}
                label={t(`filter.${name}`)}
                initial={search[name] ?? ''}
              />
            </Cell>
          ))}
          {(['heightFrom', 'heightTo'] as const).map((name) => (
            <Cell key={name}>
              <NumberInput
                key={search[name] ?? ''}
                name={name}
                label={t(`filter.${name}`)}
                defaultValue={search[name] ?? ''}
                min={0}
                allowDecimal={false}
                allowNegative={false}
                hideControls
              />
            </Cell>
          ))}
          <Grid.Col span={12}>
            <div className={classes['checks']}>
              {(['warnings', 'withdrawn'] as const).map((name) => (
                <Checkbox
                  key={name}
                  label={t(`filter.${name}`)}
                  checked={search[name] === 'only'}
                  onChange={(event) => onChange({ [name]: event.currentTarget.checked ? 'only' : undefined })}
                />
              ))}
              <Button type="submit" variant="light">
                {t('filter.apply')}
              </Button>
            </div>
          </Grid.Col>
        </Grid>
      </Collapse>
    </form>
  );
}

/** A moment that the form sends under its name. */
function MomentField({
  name,
  label,
  initial,
}: {
  readonly name: string;
  readonly label: string;
  readonly initial: string;
}) {
  const [moment, setMoment] = useState(initial);
  return (
    <>
      <MomentInput label={label} value={moment} onChange={setMoment} />
      <input type="hidden" name={name} value={moment} />
    </>
  );
}

const Cell = ({ children }: { readonly children: React.ReactNode }) => (
  <Grid.Col span={{ base: 12, sm: 6, lg: 3 }}>{children}</Grid.Col>
);
