// Everything a feature may use. Features import from here, never from app/ or from one another.
export { API_PREFIX, callApi, callJson } from './api/call.js';
export { download, saveBlob } from './api/download.js';
export { ApiError, problemOf, type Problem } from './api/problem.js';
export {
  LANGUAGES,
  type Feature,
  type FeatureRoute,
  type Language,
  type Messages,
  type NavigationEntry,
  type NavigationGroup,
  type PaletteEntry,
} from './feature.js';
export { DataList, type Column, type DataListProps, type FilterChip, type Sort } from './list/data-list.js';
export { useLocalPaging } from './list/local-paging.js';
export { useTokenPaging, type Paging, type TokenPaging } from './list/paging.js';
export { AppLink, PlainLink } from './parts/app-link.js';
export { ConfirmDialog } from './parts/confirm-dialog.js';
export { EmptyState } from './parts/empty-state.js';
export { ErrorBox, Notice } from './parts/error-box.js';
export { Identifier } from './parts/identifier.js';
export { LevelBadge, ToneBadge, type Level } from './parts/level-badge.js';
export { Progress } from './parts/progress.js';
export { RecordHeader } from './parts/record-header.js';
export { shortenMiddle } from './parts/shorten-middle.js';
export { formatWhen, When } from './parts/when.js';
export type { Permission } from './permissions.js';
export { useProblemWords, type ProblemTeller } from './problems/use-problem-words.js';
export { ProofDrawer } from './proof/proof-drawer.js';
export { checkRecord, type RecordCheck, type RecordPlace } from './proof/check-record.js';
export { sessionOf, sessionStore, type Membership, type Session } from './session/session-store.js';
export { usePermission, useSession } from './session/use-session.js';
export type { Tone } from './theme.js';
export { translateNow, translations, useLanguage, type MessageValues, type Translate } from './translations.js';
export { useDraft, type Draft } from './use-draft.js';
export { useAct, useSubmit } from './use-submit.js';
export { useSearchTexts, type SearchTexts } from './use-search.js';
export { knownWords, useVocabulary, type LocalNames } from './vocabulary.js';
export { stateTone } from './state-tone.js';
