/** The one-file verifier for Node: `node waymark-verify.mjs evidence.json --trust trust.json`. Needs nothing beside itself. */
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { claimedTrustRoot, readTrustRoot, type RecordFinding, type TrustRoot } from '@waymark/light-client';
import { checkFile, type CheckedBasis } from '../check-file.js';
import { codeText, isCheckCode, languageOf, type Language } from '../code-texts.js';
import { describeRecord, recordName } from '../describe-record.js';
import { countOutcomes, verdictOf, type CheckCounts, type CheckVerdict } from '../verdict.js';
import { COMMAND_WORDS } from './command-words.js';

const FILE_BYTES_MAX = 400 * 1024 * 1024;
/** 2: the files cannot be read or the command is wrong. */
const EXIT: Readonly<Record<CheckVerdict, number>> = { verified: 0, wrong: 1, unanchored: 3 };

/** Ends the command with what is wrong about its call. */
class CallProblem extends Error {}

/**
 * Text of others, made safe for a terminal: control characters and marks that turn the writing direction would let a record paint
 * over the verdict.
 */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '\uFFFD');

const say = (...lines: readonly string[]) => void process.stdout.write(`${lines.join('\n')}\n`);

function read(file: string, language: Language): Buffer {
  try {
    if (statSync(file).size > FILE_BYTES_MAX) throw new CallProblem(COMMAND_WORDS[language].tooLarge(file));
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof CallProblem) throw cause;
    throw new CallProblem(COMMAND_WORDS[language].unreadable(file, (cause as Error).message), { cause });
  }
}

interface Call {
  readonly file: string;
  readonly trust: string | undefined;
  readonly fingerprint: string | undefined;
  readonly nowMs: number;
  readonly asOf: string | undefined;
  readonly isJson: boolean;
  readonly language: Language;
}

function callOf(args: readonly string[]): Call | 'help' {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  let language = languageOf([LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== ''));
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        trust: { type: 'string' },
        fingerprint: { type: 'string' },
        at: { type: 'string' },
        json: { type: 'boolean', default: false },
        lang: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.lang !== undefined) language = languageOf(values.lang);
    if (values.help) {
      say(COMMAND_WORDS[language].usage);
      return 'help';
    }
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new CallProblem(COMMAND_WORDS[language].usage);
    const nowMs = values.at === undefined ? Date.now() : Date.parse(values.at);
    if (!Number.isFinite(nowMs)) throw new CallProblem(COMMAND_WORDS[language].noDate(values.at ?? ''));
    return {
      file,
      trust: values.trust,
      fingerprint: values.fingerprint,
      nowMs,
      asOf: values.at,
      isJson: values.json,
      language,
    };
  } catch (cause) {
    if (cause instanceof CallProblem) throw cause;
    throw new CallProblem(`${(cause as Error).message}\n${COMMAND_WORDS[language].usage}`, { cause });
  }
}

function trustFor(call: Call, text: string): { trust: TrustRoot; fingerprint: string; own: boolean } {
  const words = COMMAND_WORDS[call.language];
  if (call.trust !== undefined) {
    const own = readTrustRoot(new Uint8Array(read(call.trust, call.language)));
    if (own === undefined) throw new CallProblem(words.noTrustRoot(call.trust));
    return { ...own, own: true };
  }
  const claimed = claimedTrustRoot(text);
  if (claimed === undefined) throw new CallProblem(words.noClaim);
  if (call.fingerprint === undefined) return { ...claimed, own: false };
  const plain = (fingerprint: string) => fingerprint.toUpperCase().replace(/[^0-9A-Z]/g, '');
  if (plain(call.fingerprint) !== plain(claimed.fingerprint))
    throw new CallProblem(words.otherFingerprint(claimed.fingerprint));
  return { ...claimed, own: true };
}

function recordLine(finding: RecordFinding, language: Language): string {
  const { height, bodyIndex, timeMs, txId, defect } = finding;
  const place = `#${height ?? '?'}/${bodyIndex ?? '-'}`;
  const when = timeMs === undefined ? '' : `  ${new Date(timeMs).toISOString()}`;
  const why =
    defect === undefined ? '' : `\n      ${defect.code}: ${codeText(defect.code, language)} (${defect.where})`;
  return printable(
    `${COMMAND_WORDS[language].outcome[finding.outcome]}  ${place}${when}  ${recordName(finding, language)}. ${describeRecord(finding, language)}${txId === undefined ? '' : ` [${txId.slice(0, 16)}]`}`,
  ).concat(why.split('\n').map(printable).join('\n'));
}

function main(args: readonly string[]): number {
  const call = callOf(args);
  if (call === 'help') return 0;
  const { language } = call;
  const words = COMMAND_WORDS[language];
  const text = read(call.file, language).toString('utf8');
  const { trust, fingerprint, own } = trustFor(call, text);
  const bases: CheckedBasis[] = [];
  const findings: RecordFinding[] = [];
  const defects: { code: string; where: string; line: number | undefined }[] = [];
  let counts: CheckCounts = { accepted: 0, refused: 0, wrong: 0 };
  for (const step of checkFile(text, trust, call.nowMs)) {
    if (step.step === 'basis') bases.push(step.basis);
    else if (step.step === 'defect')
      defects.push({ code: step.defect.code, where: step.defect.where, line: step.line });
    else {
      findings.push(...step.findings);
      counts = countOutcomes(counts, step.findings);
    }
  }
  const verdict = verdictOf(counts, defects.length === 0, own);
  if (call.isJson) {
    say(
      JSON.stringify({
        verdict,
        fingerprint,
        trustFromAnotherHand: own,
        asOf: new Date(call.nowMs).toISOString(),
        counts,
        defects,
        records: findings.map(({ value: _value, senderNames: _names, ...finding }) => finding),
      }),
    );
    return EXIT[verdict];
  }
  const [first] = bases;
  const last = bases[bases.length - 1];
  say(words.verdict[verdict], own ? words.trusted(fingerprint) : words.compare(fingerprint));
  if (call.asOf !== undefined) say(words.asOf(new Date(call.nowMs).toISOString()));
  say(words.counts(counts.accepted, counts.refused, counts.wrong));
  if (first !== undefined && last !== undefined) {
    const names = last.anchor.signedBy.map(({ memberId, names: each }) => each?.[language] ?? memberId.slice(0, 12));
    say(printable(words.supervisors(last.anchor.signedBy.length, last.anchor.of, names.join(', '))));
    say(words.upTo(last.anchor.height, new Date(last.anchor.timeMs).toISOString()));
    if (first.blocks !== undefined && last.blocks !== undefined) say(words.blocks(first.blocks.from, last.blocks.to));
  }
  say('');
  for (const { code, where, line } of defects)
    say(
      printable(
        `${words.outcome.wrong}  ${line === undefined ? '' : `${line}: `}${code}: ${isCheckCode(code) ? codeText(code, language) : code} (${where})`,
      ),
    );
  for (const finding of findings) say(recordLine(finding, language));
  say('', words.means);
  return EXIT[verdict];
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (cause) {
  if (!(cause instanceof CallProblem)) throw cause;
  process.stderr.write(`${cause.message}\n`);
  process.exitCode = 2;
}
