/**
 * Checking a file of evidence from its bytes to a sentence: what the one-file verifier does, offered to the console too so that both say
 * the same. Opens no file and no connection; the page and the command beside it do.
 */
export { checkFile, type CheckedBasis, type CheckStep, type FileKind } from './check-file.js';
export { countOutcomes, verdictOf, type CheckCounts, type CheckVerdict } from './verdict.js';
export { describeRecord, recordName, stepName } from './describe-record.js';
export { codeText, isCheckCode, languageOf, LANGUAGES, type CheckCode, type Language } from './code-texts.js';
export { VERIFIER_FILES } from './verifier-files.js';
