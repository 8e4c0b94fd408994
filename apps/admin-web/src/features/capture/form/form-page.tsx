import {
  ActionIcon,
  Button,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { formatWhen, Notice, RecordHeader, useDraft, useLanguage } from '../../../shared/index.js';
import { DayInput } from '../../../shared/dates/day-input.js';
import { MomentInput } from '../../../shared/dates/moment-input.js';
import classes from '../check/check.module.css';
import { CheckAndSend } from '../send/check-and-send.js';
import { useWords } from '../words.js';
import {
  type ContentLine,
  documentOf,
  emptyForm,
  emptyLine,
  type FieldFault,
  faultsOf,
  type FormValues,
  isFormValues,
  type Step,
  STEPS,
} from './build-document.js';
import { KnownNameInput } from './known-name-input.js';

const UNITS = [
  ['KGM', 'form.unit.KGM'],
  ['TNE', 'form.unit.TNE'],
  ['LTR', 'form.unit.LTR'],
  ['', 'form.unit.pieces'],
] as const;
/** Select gives no empty value. */
const PIECES = 'pieces';

/** Now, as `MomentInput` takes it: to the minute, in the time of this computer. */
function localNow(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export default function FormPage() {
  const { step: given }: { step?: string } = useParams({ strict: false });
  const step = STEPS.find((each) => each === given) ?? 'harvest';
  // Each step has a draft of its own.
  return <StepForm key={step} step={step} />;
}

function StepForm({ step }: { readonly step: Step }) {
  const { t } = useWords();
  const language = useLanguage();
  // Beside one another the kinds of content are wider than a phone.
  const isNarrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const navigate = useNavigate();
  const draft = useDraft<FormValues>(
    `capture.form.${step}`,
    useMemo(() => ({ ...emptyForm, when: localNow() }), []),
    isFormValues,
  );
  const { value, set } = draft;
  const [asked, setAsked] = useState(false);
  const [made, setMade] = useState<{ content: Blob; text: string; of: FormValues }>();
  const faults = faultsOf(step, value);
  const faultOf = (name: string): FieldFault | undefined => (asked ? faults[name] : undefined);
  const said = (name: string) => {
    const fault = faultOf(name);
    return fault === undefined ? undefined : t(fault.key, fault.values);
  };
  const change = (part: Partial<FormValues>) => set((before) => ({ ...before, ...part }));
  const changeLine = (at: number, part: Partial<ContentLine>) =>
    set((before) => ({ ...before, lines: before.lines.map((line, i) => (i === at ? { ...line, ...part } : line)) }));
  const check = () => {
    setAsked(true);
    if (Object.keys(faults).length > 0) {
      setMade(undefined);
      return;
    }
    const text = JSON.stringify(documentOf(step, value, new Date()), null, 2);
    setMade({ content: new Blob([text]), text, of: value });
  };
  const current = made !== undefined && made.of === value ? made : undefined;
  const place = (name: 'fromParty' | 'toParty', label: string, required: boolean) => (
    <KnownNameInput
      label={label}
      description={t('form.party.hint')}
      names="party"
      keyKind="gln"
      value={value[name]}
      onChange={(text) => change({ [name]: text })}
      fault={faultOf(name)}
      required={required}
    />
  );
  return (
    <>
      <RecordHeader title={t(`form.title.${step}`)} subtitle={t(`form.text.${step}`)} />
      <Stack gap="lg" mt="md">
        <SegmentedControl
          aria-label={t('form.steps')}
          value={step}
          onChange={(next) => void navigate({ to: '/capture/form/$step', params: { step: next } })}
          data={STEPS.map((each) => ({ value: each, label: t(`form.step.${each}`) }))}
        />
        {draft.restoredAt !== undefined && (
          <Text size="sm" c="dimmed" role="status">
            {t('new.restored', { when: formatWhen(draft.restoredAt, language) })}
          </Text>
        )}
        {asked && Object.keys(faults).length > 0 && <Notice tone="refused" title={t('form.fix')} />}
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            check();
          }}
        >
          <Stack gap="md" className="wm-card">
            <div className={classes['formLine']} style={{ border: 'none', padding: 0 }}>
              <div className={classes['middle']}>
                <MomentInput
                  label={t('form.when')}
                  description={t('form.when.hint')}
                  value={value.when}
                  onChange={(when) => change({ when })}
                  error={said('when')}
                  withAsterisk
                />
              </div>
              <div className={classes['wide']}>
                <KnownNameInput
                  label={t('form.place')}
                  description={t('form.place.hint')}
                  names="place"
                  keyKind="gln"
                  value={value.place}
                  onChange={(text) => change({ place: text })}
                  fault={faultOf('place')}
                />
              </div>
            </div>
            {step === 'pack' && (
              <KnownNameInput
                label={t('form.parent')}
                description={t('form.sscc.hint')}
                keyKind="sscc"
                value={value.parent}
                onChange={(text) => change({ parent: text })}
                fault={faultOf('parent')}
              />
            )}
            {step === 'receive' && place('fromParty', t('form.from.optional'), false)}
            {step === 'ship' && (
              <>
                {place('fromParty', t('form.from'), true)}
                {place('toParty', t('form.to'), true)}
              </>
            )}
            {step === 'harvest' && (
              <Group grow align="flex-start">
                <DayInput
                  label={t('form.harvestDate')}
                  value={value.harvestDate}
                  onChange={(harvestDate) => change({ harvestDate })}
                />
                <DayInput
                  label={t('form.expiryDate')}
                  value={value.expiryDate}
                  onChange={(expiryDate) => change({ expiryDate })}
                />
              </Group>
            )}
            <Title order={2} size="h5">
              {t('form.content')}
            </Title>
            {value.lines.map((line, i) => (
              <fieldset key={i} className={classes['formLine']} aria-label={t('form.line', { number: i + 1 })}>
                {step !== 'harvest' && (
                  <div className={classes['full']}>
                    <SegmentedControl
                      size="xs"
                      orientation={isNarrow ? 'vertical' : 'horizontal'}
                      fullWidth={isNarrow}
                      aria-label={t('form.kind')}
                      value={line.kind}
                      onChange={(kind) => changeLine(i, { kind: kind === 'unit' || kind === 'serial' ? kind : 'lot' })}
                      data={[
                        { value: 'lot', label: t('form.kind.lot') },
                        { value: 'serial', label: t('form.kind.serial') },
                        { value: 'unit', label: t('form.kind.unit') },
                      ]}
                    />
                  </div>
                )}
                {step !== 'harvest' && line.kind === 'unit' ? (
                  <div className={classes['full']}>
                    <KnownNameInput
                      label={t('form.sscc')}
                      description={t('form.sscc.hint')}
                      keyKind="sscc"
                      value={line.sscc}
                      onChange={(sscc) => changeLine(i, { sscc })}
                      fault={faultOf(`lines.${i}.sscc`)}
                    />
                  </div>
                ) : (
                  <>
                    <div className={classes['wide']}>
                      <KnownNameInput
                        label={t('form.product')}
                        description={t('form.product.hint')}
                        names="product"
                        keyKind="gtin"
                        value={line.gtin}
                        onChange={(gtin) => changeLine(i, { gtin })}
                        fault={faultOf(`lines.${i}.gtin`)}
                      />
                    </div>
                    {step !== 'harvest' && line.kind === 'serial' ? (
                      <div className={classes['full']}>
                        <Textarea
                          label={t('form.serials')}
                          description={t('form.serials.hint')}
                          autosize
                          minRows={2}
                          maxRows={8}
                          value={line.serials ?? ''}
                          maxLength={10_000}
                          onChange={({ currentTarget }) => changeLine(i, { serials: currentTarget.value })}
                          error={said(`lines.${i}.serials`)}
                          withAsterisk
                        />
                      </div>
                    ) : (
                      <>
                        <div className={classes['middle']}>
                          <TextInput
                            label={t('form.lot')}
                            description={' '}
                            value={line.lot}
                            maxLength={40}
                            onChange={({ currentTarget }) => changeLine(i, { lot: currentTarget.value })}
                            error={said(`lines.${i}.lot`)}
                            withAsterisk
                          />
                        </div>
                        <div className={classes['narrow']}>
                          <TextInput
                            label={t('form.quantity')}
                            description={' '}
                            inputMode="decimal"
                            value={line.quantity}
                            maxLength={20}
                            onChange={({ currentTarget }) => changeLine(i, { quantity: currentTarget.value })}
                            error={said(`lines.${i}.quantity`)}
                            withAsterisk
                          />
                        </div>
                        <div className={classes['narrow']}>
                          <Select
                            label={t('form.unit')}
                            description={' '}
                            value={line.uom === '' ? PIECES : line.uom}
                            onChange={(uom) => changeLine(i, { uom: uom === PIECES || uom === null ? '' : uom })}
                            data={UNITS.map(([code, key]) => ({ value: code === '' ? PIECES : code, label: t(key) }))}
                            allowDeselect={false}
                          />
                        </div>
                      </>
                    )}
                  </>
                )}
                {value.lines.length > 1 && (
                  <div className={classes['full']}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('form.remove', { number: i + 1 })}
                      onClick={() => change({ lines: value.lines.filter((_, other) => other !== i) })}
                    >
                      <IconTrash size={16} aria-hidden />
                    </ActionIcon>
                  </div>
                )}
              </fieldset>
            ))}
            <Group>
              {value.lines.length < 50 && (
                <Button
                  variant="default"
                  leftSection={<IconPlus size={16} aria-hidden />}
                  onClick={() => change({ lines: [...value.lines, emptyLine] })}
                >
                  {t('form.add')}
                </Button>
              )}
            </Group>
            <Group>
              <Button type="submit">{t('check.act')}</Button>
              <Button
                variant="subtle"
                onClick={() => {
                  draft.discard();
                  setAsked(false);
                  setMade(undefined);
                }}
              >
                {t('form.clear')}
              </Button>
            </Group>
          </Stack>
        </form>
        {current !== undefined && (
          <details className="wm-card">
            <summary>{t('form.json')}</summary>
            <pre className={classes['excerpt']} tabIndex={0}>
              {current.text}
            </pre>
          </details>
        )}
      </Stack>
      {current !== undefined && (
        <CheckAndSend
          content={current.content}
          text={current.text}
          fileName={undefined}
          storedAs={`form.${step}`}
          onSent={draft.discard}
        />
      )}
    </>
  );
}
