import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../http/request-context.js';

/** Facts of an audit entry: plain, small, and never a secret. */
export type AuditFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface AuditRecord {
  /** Who did it, and from where; `undefined` for what the system itself does (the operator's command line). */
  readonly context: RequestContext | undefined;
  /** `area.thing.done`: `people.user.invited`, `capture.sent`, `keys.key.revoked`. Stable; the console has words for each. */
  readonly action: string;
  /** What it was done to, as a person would name it: an e-mail address, an identifier, a job. */
  readonly target?: string;
  readonly facts?: AuditFacts;
  /** In whose log it belongs, where that is not the caller's organisation. */
  readonly organisation?: string;
  /** Who did it, where the context does not know (a sign-in). */
  readonly actor?: {
    readonly kind: 'user' | 'key' | 'system' | 'anonymous';
    readonly id: string;
    readonly label: string;
  };
}

const TEXT_MAX = 1_000;

/** Who did what, kept for each organisation. Entries are only ever added: Postgres itself refuses to change or delete one. */
export class AuditLog {
  constructor(private readonly database: DataSource) {}

  /** Notes an act. Hand in the `manager` of the unit of work in which it happens: then both are kept, or neither. */
  async record(record: AuditRecord, manager: EntityManager = this.database.manager): Promise<void> {
    const { context, action, target = '', facts = {} } = record;
    const caller = context?.caller;
    const organisation = record.organisation ?? (caller?.kind === 'organisation' ? caller.organisation : undefined);
    if (organisation === undefined) throw new Error(`the act ${action} belongs to no organisation's log`);
    const actor = record.actor ?? (await this.actorOf(context, manager));
    await manager.query(
      `INSERT INTO audit_entry (at, organisation, actor_kind, actor_id, actor_label, action, target, facts, request_id, address)
       VALUES (now(), $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        organisation,
        actor.kind,
        actor.id,
        actor.label.slice(0, TEXT_MAX),
        action,
        target.slice(0, TEXT_MAX),
        JSON.stringify(facts),
        context?.requestId ?? '',
        context?.address ?? '',
      ],
    );
  }

  private async actorOf(
    context: RequestContext | undefined,
    manager: EntityManager,
  ): Promise<NonNullable<AuditRecord['actor']>> {
    if (context === undefined) return { kind: 'system', id: '', label: 'operator at the command line' };
    const { caller } = context;
    if (caller.kind === 'anonymous') return { kind: 'anonymous', id: '', label: '' };
    if (caller.via.kind === 'session') return { kind: 'user', id: caller.via.userId, label: caller.via.email };
    const [key] = await manager.query<{ label: string }[]>(`SELECT label FROM api_key WHERE id = $1`, [
      caller.via.keyId,
    ]);
    return { kind: 'key', id: caller.via.keyId, label: key?.label ?? '' };
  }
}
