/** Names of the queues and what their jobs carry. Facts stay in Postgres; a job only says where to look. */
export const SIGN_QUEUE = 'sign';
export const SUBMIT_QUEUE = 'submit';
export const SWEEP_QUEUE = 'sweep';
export const PURGE_QUEUE = 'purge';

/** All of them, for people. */
export const QUEUE_NAMES = [SIGN_QUEUE, SUBMIT_QUEUE, SWEEP_QUEUE, PURGE_QUEUE] as const;

/** Organisation `organisation` has commands to be judged and signed. */
export interface SignJob {
  readonly organisation: string;
}

/** Send the outbox rows of these transactions (hex), at most {@link SUBMIT_BATCH_MAX}. The job's id is the first of them. */
export interface SubmitJob {
  readonly txIds: readonly string[];
}

/** Transactions that one job sends. */
export const SUBMIT_BATCH_MAX = 50;
