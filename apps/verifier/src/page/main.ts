/** The page of the one-file verifier: two files in, a verdict out. */
import { check } from './check-evidence.js';
import { element, type Child } from './element.js';
import { number, state } from './page-state.js';
import { PAGE_WORDS } from './page-words.js';
import { result } from './result.js';

const app = document.getElementById('app') as HTMLElement;

function draw(): void {
  const words = PAGE_WORDS[state.language];
  document.documentElement.lang = state.language;
  document.title = `Waymark: ${words.title}`;
  const focused = document.activeElement?.id;
  app.replaceChildren(
    element(
      'header',
      {},
      element('h1', {}, words.title),
      element(
        'button',
        { id: 'language', type: 'button', lang: state.language === 'en' ? 'zh-CN' : 'en', click: changeLanguage },
        words.otherLanguage,
      ),
    ),
    element('p', { class: 'quiet' }, words.intro),
    element(
      'div',
      { class: 'places' },
      filePlace('evidence', words.evidence, words.evidenceHint, state.evidence, (file) => {
        state.evidence = file;
      }),
      filePlace(
        'trust',
        words.trust,
        words.trustHint,
        state.trustFile,
        (file) => {
          state.trustFile = file;
        },
        element(
          'label',
          {},
          words.fingerprint,
          textField('fingerprint', 'text', state.fingerprint, (value) => {
            state.fingerprint = value;
          }),
        ),
      ),
    ),
    element(
      'label',
      {},
      words.asOf,
      textField('as-of', 'date', state.asOf, (value) => {
        state.asOf = value;
      }),
      element('span', { class: 'quiet' }, words.asOfHint),
    ),
    element(
      'div',
      { class: 'actions' },
      element(
        'button',
        {
          id: 'check',
          type: 'button',
          class: 'primary',
          disabled: state.evidence === undefined || state.running !== undefined,
          click: () => void check(draw),
        },
        words.check,
      ),
      state.running !== undefined &&
        element(
          'button',
          {
            id: 'stop',
            type: 'button',
            click: () => {
              state.stopping = true;
            },
          },
          words.stop,
        ),
    ),
    (state.running !== undefined &&
      element(
        'div',
        { role: 'status' },
        element('progress', { max: '1', value: String(state.running.share), 'aria-label': words.check }),
        element('p', { class: 'quiet' }, words.working(number(state.running.records))),
      )) ||
      '',
    element(
      'div',
      { id: 'result', 'aria-live': 'polite' },
      state.problem !== undefined && element('p', { class: 'verdict wrong', 'data-verdict': 'problem' }, state.problem),
      state.outcome !== undefined && result(state.outcome),
    ),
    element('h2', {}, words.limits),
    element('ul', { class: 'plain quiet' }, ...words.limitsTexts.map((text) => element('li', {}, text))),
  );
  if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus();
}

function changeLanguage(): void {
  state.language = state.language === 'en' ? 'zh-CN' : 'en';
  draw();
}

function textField(id: string, type: 'text' | 'date', value: string, take: (value: string) => void): HTMLInputElement {
  const field = element('input', {
    id,
    type,
    autocomplete: 'off',
    spellcheck: 'false',
    input: (event) => take((event.target as HTMLInputElement).value),
  });
  field.value = value;
  return field;
}

function filePlace(
  id: string,
  title: string,
  hint: string,
  file: File | undefined,
  take: (file: File | undefined) => void,
  ...more: readonly Child[]
): HTMLElement {
  const words = PAGE_WORDS[state.language];
  const chosen = (next: File | undefined) => {
    take(next);
    state.outcome = undefined;
    state.problem = undefined;
    draw();
  };
  const place = element(
    'section',
    {
      class: 'place',
      dragover: (event) => {
        event.preventDefault();
        place.classList.add('over');
      },
      dragleave: () => place.classList.remove('over'),
      drop: (event) => {
        event.preventDefault();
        chosen((event as DragEvent).dataTransfer?.files[0]);
      },
    },
    element('h2', { id: `${id}-title` }, title),
    element('p', { class: 'quiet', id: `${id}-hint` }, hint),
    element('input', {
      id,
      type: 'file',
      accept: '.json,.jsonl,application/json',
      'aria-label': words.choose(title),
      'aria-describedby': `${id}-hint`,
      change: (event) => chosen((event.target as HTMLInputElement).files?.[0]),
    }),
    file !== undefined &&
      element('p', { class: 'chosen' }, words.chosen(file.name, number(Math.ceil(file.size / 1000)))),
    ...more,
  );
  return place;
}

draw();
