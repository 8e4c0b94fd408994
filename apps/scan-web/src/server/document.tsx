import { render } from 'preact-render-to-string';
import type { VNode } from 'preact';
import type { Language } from '../page/language.js';
import { wordsOf } from '../page/words.js';
import type { PageAssets } from './page-assets.js';

export interface DocumentParts {
  readonly language: Language;
  readonly title: string;
  readonly body: VNode;
  readonly assets: PageAssets;
  /** The trust root file's text, inlined for the script; absent on pages with nothing to check. */
  readonly trustRoot?: string;
}

/** The whole HTML document around a page. Holds no inline script or style: the content security policy refuses them. */
export function renderDocument({ language, title, body, assets, trustRoot }: DocumentParts): string {
  const head = (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>{title}</title>
      <link rel="icon" type="image/svg+xml" href={`/assets/${assets.icon}`} />
      <link rel="stylesheet" href={`/assets/${assets.style}`} />
      {trustRoot === undefined ? null : <script type="module" src={`/assets/${assets.script}`} />}
    </head>
  );
  const html = render(
    <html lang={wordsOf(language).htmlLanguage}>
      {head}
      <body>
        <div id="page">{body}</div>
        {trustRoot === undefined ? null : (
          <script
            type="application/json"
            id="trust-root"
            dangerouslySetInnerHTML={{ __html: asScriptData(trustRoot) }}
          />
        )}
      </body>
    </html>,
  );
  return `<!doctype html>${html}`;
}

/** JSON that may stand in a script element: `<` is written as an escape, so nothing can end the element. */
const asScriptData = (json: string): string => json.replaceAll('<', '\\u003c');
