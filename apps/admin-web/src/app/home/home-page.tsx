import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useListItems } from '../../client/items/items.js';
import { PlainLink } from '../../shared/parts/app-link.js';
import { RecordHeader } from '../../shared/parts/record-header.js';
import { usePermission, useSession } from '../../shared/session/use-session.js';
import { useShellWords } from '../words.js';
import classes from './home.module.css';
import { nextSteps, type Step } from './next-steps.js';
import { SampleCard } from './sample-card.js';

/** The first screen: what to do next, for this person and this state of the data. */
export default function HomePage() {
  const { t } = useShellWords();
  const session = useSession();
  const mayRead = usePermission('read');
  const mayCapture = usePermission('capture');
  const items = useListItems({ perPage: '1', sample: 'without' }, { query: { enabled: mayRead } });
  const hasItems = items.data === undefined ? undefined : items.data.items.length > 0;
  const { first, others } = nextSteps(session, hasItems);
  return (
    <>
      <RecordHeader title={t('home.welcome', { name: session.user.name })} subtitle={t('home.text')} />
      <Stack gap="xl">
        <section aria-labelledby="home-next">
          <Title order={2} size="h4" mb="sm" id="home-next">
            {t('home.next')}
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
            {first.map((step) => (
              <StepCard key={step.key} step={step} />
            ))}
          </SimpleGrid>
        </section>
        {mayCapture && <SampleCard />}
        {others.length > 0 && (
          <section aria-labelledby="home-also">
            <Title order={2} size="h4" mb="sm" id="home-also">
              {t('home.also')}
            </Title>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
              {others.map((step) => (
                <StepCard key={step.key} step={step} />
              ))}
            </SimpleGrid>
          </section>
        )}
      </Stack>
    </>
  );
}

function StepCard({ step }: { readonly step: Step }) {
  const { t } = useShellWords();
  return (
    <PlainLink to={step.to} className={`wm-card ${classes['step'] ?? ''}`}>
      <step.icon size={24} stroke={1.6} aria-hidden className={classes['icon']} />
      <span className={classes['words']}>
        <Text fw={600} component="span" display="block">
          {t(`home.${step.key}.title`)}
        </Text>
        <Text size="sm" c="dimmed" component="span" display="block">
          {t(`home.${step.key}.text`)}
        </Text>
      </span>
      <IconChevronRight size={18} aria-hidden className={classes['go']} />
    </PlainLink>
  );
}
