import type { ComponentChildren } from 'preact';
import type { Language } from './language.js';
import { wordsOf } from './words.js';

/** Header and landmarks around every page. */
export function Shell({ language, children }: { readonly language: Language; readonly children: ComponentChildren }) {
  const words = wordsOf(language);
  return (
    <>
      <a class="skip" href="#content">
        {words.skipToContent}
      </a>
      <header class="top">
        <span class="brand">Waymark</span>
        <nav>
          <a
            class="language"
            href={`?lang=${words.otherLanguage.tag}`}
            hreflang={words.otherLanguage.tag}
            lang={words.otherLanguage.tag}
          >
            {words.otherLanguage.name}
          </a>
        </nav>
      </header>
      <main id="content">{children}</main>
    </>
  );
}

/** A page that has no item to show: what it is, why, and what to do. */
export function MessagePage({
  language,
  title,
  text,
  advice,
}: {
  readonly language: Language;
  readonly title: string;
  readonly text: string;
  readonly advice?: string;
}) {
  return (
    <Shell language={language}>
      <section class="message">
        <h1>{title}</h1>
        <p>{text}</p>
        {advice === undefined ? null : <p>{advice}</p>}
      </section>
    </Shell>
  );
}
