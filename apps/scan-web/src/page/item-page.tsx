/** The page about one item. Rendered on the server, and again on the phone from verified records to compare. */
import type { CheckState } from './check-state.js';
import { dateText, timeText } from './dates.js';
import { ProductDrawing, StepIcon } from './icons.js';
import type { Language } from './language.js';
import { Mark, ProofFacts, Verdict } from './live-parts.js';
import type { PageGoods, PageStep, PageStory } from './page-story.js';
import { Shell } from './shell.js';
import { shortIdentifier } from './short-identifier.js';
import { wordsOf, type Words } from './words.js';

/** The state in which the server writes the page. */
const UNCHECKED: CheckState = { state: 'unchecked' };

/** Identifies the parts that the script writes again; everything else is compared. */
export const LIVE = { verdict: 'verdict', trust: 'trust', mark: 'mark', proof: 'proof' } as const;

export interface ItemPageProps {
  readonly story: PageStory;
  readonly language: Language;
  /** Fingerprint of the trust root that is inlined in this page. */
  readonly fingerprint: string;
  /** The server knows of more records than the page shows. */
  readonly truncated?: boolean;
}

const GROUPS_SHOWN = 4;
const ITEMS_SHOWN = 4;

/** The title of the document, in the browser's tab and history. */
export const titleOf = (story: PageStory, language: Language): string => `${nameOf(story, language)} · Waymark`;

/** Its signed name; a shipping unit rarely has one. */
function nameOf(story: PageStory, language: Language): string {
  const words = wordsOf(language);
  return story.name?.[language] ?? (story.identity.sscc === undefined ? words.unnamedProduct : words.shippingUnit);
}

export function ItemPage({ story, language, fingerprint, truncated = false }: ItemPageProps) {
  const words = wordsOf(language);
  const name = nameOf(story, language);
  return (
    <Shell language={language}>
      <div data-live={LIVE.trust} />
      <section class="product" aria-labelledby="name">
        <ProductDrawing title={words.pictureOf(name)} shape={story.identity.sscc === undefined ? 'product' : 'box'} />
        <div class="product-text">
          <h1 id="name">{name}</h1>
          {story.recall === undefined ? null : (
            <p class="recall" data-part="recall">
              <strong>
                {words.recalled(
                  story.recall.by[language],
                  dateText(story.recall.timeMs, story.recall.offset, language),
                )}
              </strong>{' '}
              {words.recallAdvice}
            </p>
          )}
          {story.recall !== undefined || story.recallClaims.length === 0 ? null : (
            <p class="quiet" data-part="recall-claim">
              {words.recallClaimed(words.list(story.recallClaims.map((name) => name[language])))}
            </p>
          )}
          {story.maker === undefined ? null : <p class="maker">{words.madeBy(story.maker[language])}</p>}
        </div>
        <div class="product-verdict" data-live={LIVE.verdict} role="status" aria-live="polite">
          <Verdict check={UNCHECKED} language={language} />
        </div>
        {story.origins.length === 0 ? null : (
          <p class="origin">{words.comesFrom(words.list(story.origins.map((place) => place[language])))}</p>
        )}
        <Identity story={story} language={language} />
      </section>

      <section class="journey" aria-labelledby="journey">
        <h2 id="journey">{words.journey}</h2>
        <p class="quiet">{words.journeyHint(story.steps.length, story.organisations)}</p>
        <ol class="steps">
          {story.steps.map((step) => (
            <Step key={step.key} step={step} language={language} />
          ))}
        </ol>
        <div data-part="more">{truncated ? <p class="quiet">{words.truncated}</p> : null}</div>
      </section>

      <section class="proof" aria-labelledby="how">
        <h2 id="how">{words.how}</h2>
        <ol class="how-steps">
          {words.howSteps.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
        <details>
          <summary>{words.details}</summary>
          <dl class="facts">
            <div class="fact">
              <dt>{words.fingerprint}</dt>
              <dd>
                <code class="fingerprint">{fingerprint}</code>
                <span class="quiet">{words.fingerprintHint}</span>
              </dd>
            </div>
          </dl>
          <div data-live={LIVE.proof}>
            <ProofFacts check={UNCHECKED} language={language} />
          </div>
          <p>
            <a class="download" href={`/evidence?id=${encodeURIComponent(story.subject)}`} download="evidence.json">
              {words.download}
            </a>
            <span class="quiet">{words.downloadHint}</span>
          </p>
        </details>
        <details>
          <summary>{words.limits}</summary>
          <ul class="limits">
            {words.limitsText.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      </section>
    </Shell>
  );
}

function Identity({ story, language }: { readonly story: PageStory; readonly language: Language }) {
  const words = wordsOf(language);
  const { gtin, lot, serial, sscc } = story.identity;
  const parts = [
    [words.lot, lot],
    [words.serial, serial],
    [words.gtin, gtin],
    [words.sscc, sscc],
  ] as const;
  return (
    <dl class="identity">
      {parts.map(([label, value]) =>
        value === undefined ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd title={value}>{shortIdentifier(value, 20)}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Step({ step, language }: { readonly step: PageStep; readonly language: Language }) {
  const words = wordsOf(language);
  const labels = goodsLabels(step, words);
  return (
    <li class={step.milestone ? 'step milestone' : 'step'} data-step={step.key}>
      <StepIcon kind={step.kind} />
      <div class="step-text">
        <p class="step-when">
          <time dateTime={new Date(step.timeMs).toISOString()} title={timeText(step.timeMs, step.offset, language)}>
            {dateText(step.timeMs, step.offset, language)}
          </time>
        </p>
        <h3>{words.step[step.kind]}</h3>
        {step.place === undefined ? null : <p class="step-place">{step.place[language]}</p>}
        <Goods label={labels.in} goods={step.goodsIn} language={language} />
        <Goods label={labels.out} goods={step.goodsOut} language={language} />
        <div class="step-signed">
          <p class="step-signer">{words.signedBy(step.signer[language])}</p>
          <div data-live={LIVE.mark}>
            <Mark check={UNCHECKED} stepKey={step.key} language={language} />
          </div>
        </div>
      </div>
    </li>
  );
}

/** What the goods of a step are to it. */
function goodsLabels(
  { kind, goodsIn, goodsOut }: PageStep,
  words: Words,
): { readonly in: string | undefined; readonly out: string | undefined } {
  if (goodsIn.length === 0 || goodsOut.length === 0) return { in: undefined, out: undefined };
  if (kind === 'pack') return { in: words.goods, out: words.packedInto };
  if (kind === 'unpack') return { in: words.outOf, out: words.goods };
  return { in: words.from, out: words.into };
}

function Goods({
  label,
  goods,
  language,
}: {
  readonly label: string | undefined;
  readonly goods: readonly PageGoods[];
  readonly language: Language;
}) {
  if (goods.length === 0) return null;
  const words = wordsOf(language);
  const groups = groupsOf(goods, language);
  const hidden = groups.length - GROUPS_SHOWN;
  return (
    <div class="goods">
      {label === undefined ? null : <p class="goods-label">{label}</p>}
      <ul>
        {groups.slice(0, GROUPS_SHOWN).map(({ name, items }) => (
          <li key={name ?? ''}>
            {name === undefined ? null : <span class="goods-name">{name}</span>}
            {items.slice(0, ITEMS_SHOWN).map(({ item, short, quantity, unit }, index) => (
              <span class="goods-item" key={`${item} ${index}`} title={item}>
                {quantity === undefined ? short : words.amountOf(short, words.amount(quantity, unit))}
              </span>
            ))}
            {items.length > ITEMS_SHOWN ? (
              <span class="goods-item">{words.more(items.length - ITEMS_SHOWN)}</span>
            ) : null}
          </li>
        ))}
        {hidden > 0 ? <li class="quiet">{words.more(hidden)}</li> : null}
      </ul>
    </div>
  );
}

/** Goods of one name together, in the order of their first. */
function groupsOf(
  goods: readonly PageGoods[],
  language: Language,
): readonly { readonly name: string | undefined; readonly items: readonly PageGoods[] }[] {
  const groups = new Map<string | undefined, PageGoods[]>();
  for (const item of goods) {
    const name = item.name?.[language];
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups].map(([name, items]) => ({ name, items }));
}
