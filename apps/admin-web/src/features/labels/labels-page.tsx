import { Button, Checkbox, Group, NumberInput, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { canonicalId, shortName } from '@waymark/epcis/gs1';
import { useEffect, useState, type FormEvent } from 'react';
import { getLabelUrl, labelSizes } from '../../client/labels/labels.js';
import type { LabelParams } from '../../client/api.schemas.js';
import {
  callApi,
  download,
  EmptyState,
  ErrorBox,
  Identifier,
  Progress,
  problemOf,
  RecordHeader,
  useSearchTexts,
} from '../../shared/index.js';
import classes from './labels.module.css';
import './print.css';
import { useWords } from './words.js';

const RESOLUTIONS = ['203', '300', '600'];
const COPIES_MAX = 200;

export default function LabelsPage() {
  const { t } = useWords();
  const [search, change] = useSearchTexts();
  const id = search['id'] ?? '';
  return (
    <>
      <div className={classes['screen']}>
        <RecordHeader title={t('title')} subtitle={t('text')} />
        <Chooser key={id} id={id} onChoose={(wanted) => change({ id: wanted }, { push: true })} />
        {id === '' && <EmptyState title={t('empty')}>{t('empty.text')}</EmptyState>}
      </div>
      {id !== '' && <Label id={id} />}
    </>
  );
}

function Chooser({ id, onChoose }: { readonly id: string; readonly onChoose: (id: string) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(id);
  const [gtin, setGtin] = useState('');
  const [lot, setLot] = useState('');
  const [serial, setSerial] = useState('');
  const composed =
    gtin.trim() === ''
      ? typed.trim()
      : `https://id.gs1.org/01/${gtin.replace(/[\s-]/g, '').padStart(14, '0')}${
          serial.trim() !== ''
            ? `/21/${encodeURIComponent(serial.trim())}`
            : lot.trim() === ''
              ? ''
              : `/10/${encodeURIComponent(lot.trim())}`
        }`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (composed !== '') onChoose(canonicalId(composed));
  };
  return (
    <form className="wm-card" onSubmit={submit} style={{ margin: '1rem 0' }}>
      <Stack gap="sm">
        <TextInput
          label={t('id')}
          description={t('id.hint')}
          value={typed}
          maxLength={1_000}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('gtin')}
            inputMode="numeric"
            value={gtin}
            maxLength={20}
            onChange={({ currentTarget }) => setGtin(currentTarget.value)}
          />
          <TextInput
            label={t('lot')}
            value={lot}
            maxLength={20}
            onChange={({ currentTarget }) => setLot(currentTarget.value)}
          />
          <TextInput
            label={t('serial')}
            value={serial}
            maxLength={20}
            onChange={({ currentTarget }) => setSerial(currentTarget.value)}
          />
          <Button type="submit" disabled={composed === ''}>
            {t('make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Label({ id }: { readonly id: string }) {
  const { t } = useWords();
  const facts = useQuery({ queryKey: ['labels', 'sizes', id], queryFn: () => labelSizes({ id }), retry: false });
  const [size, setSize] = useState('');
  const [resolution, setResolution] = useState('300');
  const [withText, setWithText] = useState(true);
  const [copies, setCopies] = useState(12);
  const [failed, setFailed] = useState<unknown>();
  const chosen = size === '' ? facts.data?.sizes[1]?.sizeMm : Number(size);
  const params: LabelParams = {
    id,
    ...(chosen !== undefined && { sizeMm: chosen }),
    resolution: Number(resolution),
    text: withText ? 'true' : 'false',
  };
  const picture = usePicture(facts.data === undefined ? undefined : getLabelUrl({ ...params, format: 'svg' }));
  if (facts.data === undefined)
    return facts.isError ? (
      <ErrorBox error={facts.error} onRetry={() => void facts.refetch()} />
    ) : (
      <Progress label={t('title')} done={0} total={undefined} />
    );
  const { link, grain, sizes, sizeMmMin } = facts.data;
  const name = shortName(id);
  const save = async (format: 'png' | 'svg') => {
    setFailed(undefined);
    try {
      const file = `label-${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.${format}`;
      await download(getLabelUrl({ ...params, format }), file);
    } catch (cause) {
      setFailed(cause);
    }
  };
  const print = () => {
    document.body.classList.add('wm-printing-labels');
    window.addEventListener('afterprint', () => document.body.classList.remove('wm-printing-labels'), { once: true });
    window.print();
  };
  return (
    <>
      <div className={`${classes['screen'] ?? ''} ${classes['columns'] ?? ''}`}>
        <section className={classes['preview']} aria-label={t('preview', { name })}>
          {picture.data !== undefined && <img src={picture.data} alt={t('preview', { name })} />}
          {picture.isError && <ErrorBox error={picture.error} onRetry={() => void picture.refetch()} />}
        </section>
        <Stack gap="md" className="wm-card">
          <Title order={2} size="h4">
            {name}
          </Title>
          <div>
            <Text size="sm" c="dimmed">
              {t('link')}
            </Text>
            <Identifier value={link} charactersMax={60} />
            <Text size="sm">{t(`grain.${grain}`)}</Text>
          </div>
          <Select
            label={t('size')}
            description={t('size.hint', { min: sizeMmMin })}
            value={String(chosen ?? '')}
            onChange={(value) => setSize(value ?? '')}
            data={sizes.map(({ sizeMm, moduleMm }, i) => ({
              value: String(sizeMm),
              label: `${t('size.option', { size: sizeMm, module: moduleMm })} – ${t(`size.use.${String(i) as '0' | '1' | '2' | '3' | '4'}`)}`,
            }))}
            allowDeselect={false}
          />
          <Checkbox
            label={t('withText')}
            checked={withText}
            onChange={({ currentTarget }) => setWithText(currentTarget.checked)}
          />
          <Select
            label={t('resolution')}
            value={resolution}
            onChange={(value) => setResolution(value ?? '300')}
            data={RESOLUTIONS}
            allowDeselect={false}
          />
          {failed !== undefined && <ErrorBox error={failed} />}
          <Group>
            <Button leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void save('png')}>
              {t('download.png')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => void save('svg')}
            >
              {t('download.svg')}
            </Button>
          </Group>
          <Group align="flex-end">
            <NumberInput
              label={t('copies')}
              value={copies}
              min={1}
              max={COPIES_MAX}
              clampBehavior="strict"
              allowDecimal={false}
              w={180}
              onChange={(value) => setCopies(Number(value) || 1)}
            />
            <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={print}>
              {t('print')}
            </Button>
          </Group>
          <Text size="xs" c="dimmed">
            {t('print.hint')}
          </Text>
        </Stack>
      </div>
      {picture.data !== undefined && (
        <div className={classes['sheet']} aria-hidden>
          {Array.from({ length: copies }, (_, i) => (
            <img key={i} src={picture.data} alt="" />
          ))}
        </div>
      )}
    </>
  );
}

/** A picture of the API under the session's token, as an address that `<img>` can show. */
function usePicture(url: string | undefined) {
  const query = useQuery({
    queryKey: ['labels', 'picture', url],
    queryFn: async () => {
      const response = await callApi(url ?? '');
      if (!response.ok) throw await problemOf(response);
      return response.blob();
    },
    enabled: url !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const [address, setAddress] = useState<string>();
  const blob = query.data;
  useEffect(() => {
    if (blob === undefined) return undefined;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return { data: address, isError: query.isError, error: query.error, refetch: query.refetch };
}
