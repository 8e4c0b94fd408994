import { Button, Container, Text } from '@mantine/core';
import { Component, useState, type ErrorInfo, type ReactNode } from 'react';
import { Notice } from '../shared/parts/error-box.js';
import { isDraftKept } from '../shared/use-draft.js';
import { useSharedWords } from '../shared/words.js';

/** Shown where a page fell over: its neighbours and the navigation stay usable. */
export function PageFault({ error, onReset }: { readonly error: unknown; readonly onReset?: () => void }) {
  const { t } = useSharedWords();
  // Asked while the page that fell over is still there: once it is gone, nobody knows what was typed on it.
  const [kept] = useState(isDraftKept);
  return (
    <Container size="sm" py="xl">
      <Notice
        tone="refused"
        title={t('error.page')}
        action={
          <Button size="xs" variant="default" onClick={onReset ?? (() => window.location.reload())}>
            {t('error.reload')}
          </Button>
        }
      >
        <Text size="sm">{t(kept ? 'error.page.fix.draft' : 'error.page.fix')}</Text>
        <details>
          <summary>{t('error.details')}</summary>
          <code>{error instanceof Error ? `${error.name}: ${error.message}` : String(error)}</code>
        </details>
      </Notice>
    </Container>
  );
}

/** The last net, around everything. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    reportError(new Error(`the console fell over: ${info.componentStack ?? ''}`, { cause: error }));
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <PageFault error={this.state.error} />;
  }
}
