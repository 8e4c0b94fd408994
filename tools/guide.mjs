// npm run guide [-- --port-base N] [--language en|zh-CN] [--story capture]: takes every picture of the user's guide from a running product of its own, and fails where the
// product no longer says what the guide promises beside a picture. Needs Chromium (CHROMIUM_PATH, or /usr/bin/chromium).
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkNode, ensureBuilt, ensureInstalled } from './bootstrap.mjs';

const say = (text) => process.stdout.write(`Waymark: ${text}\n`);
checkNode();
const { values } = parseArgs({
  options: {
    'port-base': { type: 'string', default: '5900' },
    language: { type: 'string', multiple: true },
    story: { type: 'string', multiple: true },
  },
});
ensureInstalled(say);
ensureBuilt(say);

const { LANGUAGES, picturesIn, pictureName, readPages, termsIn } = await import('./guide/pages.mjs');
const { NOT_STAGED } = await import('./guide/not-staged.mjs');
const { startSystem } = await import('./guide/system.mjs');
const { Tour } = await import('./guide/tour.mjs');
const stories = await import('./guide/console-stories.mjs');
const { shopper } = await import('./guide/shopper-story.mjs');

const executablePath = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((file) => file && existsSync(file));
if (executablePath === undefined) {
  process.stderr.write('The pictures are taken with Chromium: install it, or name it in CHROMIUM_PATH.\n');
  process.exit(1);
}
/** In this order: each story finds what the ones before it left. */
const ORDER = [
  ['shopper', shopper],
  ['README', stories.everybody],
  ['capture', stories.capture],
  ['quality', stories.quality],
  ['regulator', stories.regulator],
  ['administrator', stories.administrator],
  ['joining', stories.joining],
  ['operator', stories.operator],
];

/** Terms in bold beside a picture that no story of that page came across; pictures that no story takes. */
function brokenPromises(language, tour) {
  const told = readPages(language).filter(({ name }) => values.story?.includes(name) ?? true);
  return told.flatMap(({ name, text, sections }) => {
    const excused = new Set((NOT_STAGED[name] ?? []).map((message) => tour.t(message)));
    const unseen = sections
      .filter((section) => picturesIn(section).length > 0)
      .flatMap((section) => termsIn(section.split(/\n(?=\|)/)[0]))
      .filter((term) => !excused.has(term) && !tour.wasSeen(name, term))
      .map((term) => `${name}: no picture's story showed “${term}”`);
    const missing = picturesIn(text)
      .map(({ target }) => pictureName(target))
      .filter((picture) => !tour.taken.includes(picture))
      .map((picture) => `${name}: no story takes the picture ${picture}`);
    return [...unseen, ...missing];
  });
}

const wanted = values.language ?? Object.keys(LANGUAGES);
const broken = [];
for (const language of wanted) {
  say(`${language}: starting a system`);
  const system = await startSystem(Number(values['port-base']), say);
  let tour;
  const end = () => Promise.allSettled([tour?.close(), system.close()]);
  const interrupted = () => void end().then(() => process.exit(130));
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    tour = await Tour.open(system, language, executablePath);
    if (values.story === undefined) Tour.clear(language);
    for (const [guidePage, story] of ORDER.filter(([name]) => values.story?.includes(name) ?? true))
      await tour.about(guidePage, story);
    broken.push(...brokenPromises(language, tour).map((text) => `${language}/${text}`));
  } finally {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    await end();
  }
}
for (const text of broken) process.stderr.write(`${text}\n`);
say(
  broken.length === 0 ? 'the guide says what the product says' : `${broken.length} promises of the guide do not hold`,
);
process.exitCode = broken.length === 0 ? 0 : 1;
