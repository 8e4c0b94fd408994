import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from '../shared/feature.js';

const STORED = 'waymark.language';

/** What the reader chose here before, else the first language of the browser that we speak, else English. */
function firstLanguage(): Language {
  const wanted = [localStorage.getItem(STORED) ?? '', ...navigator.languages];
  for (const tag of wanted) {
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}

/** The words of a language in files of their own: nobody loads a language that they do not read, nor a page's words before they go there. */
const FILES = {
  en: { first: () => import('./languages/en.js'), features: () => import('./languages/en-features.js') },
  'zh-CN': { first: () => import('./languages/zh-cn.js'), features: () => import('./languages/zh-cn-features.js') },
} as const;

async function add(language: Language, part: 'first' | 'features'): Promise<void> {
  const { messages } = await FILES[language][part]();
  for (const [namespace, texts] of Object.entries(messages)) i18next.addResourceBundle(language, namespace, texts);
}

/** Languages of which everything is here. */
const whole = new Set<Language>();

/** Everything that the features say in the language of the page; to be awaited before a feature's page is drawn. */
export async function loadFeatureWords(): Promise<void> {
  const language = i18next.language === 'zh-CN' ? 'zh-CN' : 'en';
  if (whole.has(language)) return;
  await add(language, 'features');
  whole.add(language);
}

export async function startLanguages(): Promise<void> {
  const first = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng: first,
    fallbackLng: false,
    supportedLngs: [...LANGUAGES],
    load: 'currentOnly',
    defaultNS: 'shell',
    keySeparator: false,
    interpolation: { escapeValue: false }, // React escapes what it writes.
    resources: { [first]: (await FILES[first].first()).messages },
  });
  document.documentElement.lang = i18next.language;
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
}

export async function chooseLanguage(language: Language): Promise<void> {
  if (!whole.has(language)) {
    await add(language, 'first');
    // The page that is open may be a feature's.
    await add(language, 'features');
    whole.add(language);
  }
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
}
