import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from '../shared/feature.js';
import sharedEn from '../shared/messages.en.json' with { type: 'json' };
import sharedZh from '../shared/messages.zh-CN.json' with { type: 'json' };
import { FEATURES } from './features.js';
import en from './messages.en.json' with { type: 'json' };
import zh from './messages.zh-CN.json' with { type: 'json' };

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

export async function startLanguages(): Promise<void> {
  const resources = (language: Language) => ({
    shell: language === 'en' ? en : zh,
    shared: language === 'en' ? sharedEn : sharedZh,
    ...Object.fromEntries(FEATURES.map(({ name, messages }) => [name, messages[language]])),
  });
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'en',
    supportedLngs: [...LANGUAGES],
    load: 'currentOnly',
    defaultNS: 'shell',
    keySeparator: false,
    interpolation: { escapeValue: false }, // React escapes what it writes.
    resources: { en: resources('en'), 'zh-CN': resources('zh-CN') },
  });
  document.documentElement.lang = i18next.language;
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
}
