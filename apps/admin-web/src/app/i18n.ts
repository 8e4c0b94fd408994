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

/** All messages of a language, in a file of their own: nobody loads the words of a language that they do not read. */
const load = async (language: Language) =>
  (language === 'en' ? await import('./languages/en.js') : await import('./languages/zh-cn.js')).messages;

async function add(language: Language): Promise<void> {
  for (const [namespace, messages] of Object.entries(await load(language)))
    i18next.addResourceBundle(language, namespace, messages);
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
    resources: { [first]: await load(first) },
  });
  document.documentElement.lang = i18next.language;
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
}

export async function chooseLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'shell')) await add(language);
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
}
