/** Names of the queues and what their jobs carry. Facts stay in Postgres; a job only says where to look. */
export const SIGN_QUEUE = 'sign';
export const SUBMIT_QUEUE = 'submit';
export const SWEEP_QUEUE = 'sweep';

/** Organisation `organisation` has commands to be judged and signed. */
export interface SignJob {
  readonly organisation: string;
}

/** Send the outbox row of this transaction (hex). The job's id is the txId too. */
export interface SubmitJob {
  readonly txId: string;
}
