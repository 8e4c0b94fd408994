import type { Body, Refusal } from '@waymark/ledger/chain';
import { utf8 } from '@waymark/ledger/primitives';
import type { ExecuteResult, ExecutionContext, LedgerModule, ModuleState } from '@waymark/ledger/runtime';
import type { JsonValue } from '@waymark/epcis/model';
import { identify } from '../domain/identity.js';
import { deny } from '../domain/read-body.js';
import type { Read } from '../domain/read-body.js';
import {
  bodyKinds,
  decodeContext,
  decodeEvent,
  decodeMasterdata,
  decodeSerialisation,
  decodeVisibility,
  hashOf,
} from './decoded-bodies.js';
import type { DecodedMasterdata, DecodedSerialisation, DecodedVisibility } from './decoded-bodies.js';
import { judgeEvent } from './judge-event.js';
import { ledgerEventTypes } from './ledger-events.js';
import type {
  MasterdataContent,
  SerialisationContent,
  VisibilityChangedContent,
  WarningContent,
} from './ledger-events.js';
import {
  readEventRecord,
  readMasterdataOwner,
  readVisibility,
  stateKeys,
  writeMasterdataOwner,
  writeSerialisation,
  writeVisibility,
} from './state-records.js';

/** The module's corner of the state (formats.md 4); never reused. */
export const provenanceModuleNumber = 3;

const written = (type: string, content: object, warnings: readonly WarningContent[] = []): ExecuteResult => ({
  events: [{ type, content: utf8(JSON.stringify(content)) }],
  warnings,
});

/** The context that a body names; undefined: it names none. */
function contextOf(context: ExecutionContext, body: Body): Read<JsonValue | undefined> {
  if (body.context === 0) return { ok: true, value: undefined };
  const named = context.bodies[body.context - 1];
  if (named?.kind !== bodyKinds.context)
    return deny('PROVENANCE_CONTEXT_MISSING', '', { context: String(body.context) });
  return decodeContext(named);
}

function executeEvent(context: ExecutionContext, body: Body, state: ModuleState): ExecuteResult {
  const decoded = decodeEvent(body);
  if (!decoded.ok) return decoded;
  const jsonLdContext = contextOf(context, body);
  if (!jsonLdContext.ok) return jsonLdContext;
  const { event, facts } = decoded.value;
  const eventHash = hashOf(event, jsonLdContext.value, context.hashing);
  const judged = judgeEvent({ ...facts, eventHash }, context, state);
  switch (judged.outcome) {
    case 'refused':
      return { refusal: judged.refusal };
    case 'captured':
      return written(ledgerEventTypes.captured, judged.content, judged.content.warnings);
    case 'witnessed':
      return written(ledgerEventTypes.witnessed, judged.content);
  }
}

/** Rule NAMES: the holder of the prefix speaks for a GS1 key, the first signer for any other id; others assert. */
function executeMasterdata(
  context: ExecutionContext,
  { type, id }: DecodedMasterdata,
  state: ModuleState,
): ExecuteResult {
  const { account } = context.sender;
  const { gs1, doubt } = identify(id);
  let owner = gs1 === undefined ? undefined : context.accounts.ownerOf(gs1.fromPrefix.slice(0, 12))?.account;
  if (owner === undefined) {
    owner = readMasterdataOwner(state, id);
    if (owner === undefined) {
      owner = account;
      writeMasterdataOwner(state, id, account);
    }
  }
  const standing = owner === account ? 'own' : 'asserted';
  const warnings: WarningContent[] = [];
  if (doubt !== undefined) warnings.push({ code: doubt.code, pointer: '/element/id', facts: { ...doubt.facts } });
  if (standing === 'asserted')
    warnings.push({ code: 'PROVENANCE_NAME_ASSERTED', pointer: '/element/id', facts: { id, owner } });
  const content: MasterdataContent = { type, id, standing, warnings };
  return written(ledgerEventTypes.masterdata, content, warnings);
}

/** Only the holder of the company prefix switches ledger serialisation of a product. */
function executeSerialisation(
  context: ExecutionContext,
  { gtin, enabled }: DecodedSerialisation,
  state: ModuleState,
): ExecuteResult {
  const { account } = context.sender;
  const owner = context.accounts.ownerOf(gtin.slice(1, 13))?.account;
  if (owner === undefined)
    return { refusal: { code: 'PROVENANCE_PREFIX_UNREGISTERED', pointer: '/gtin', facts: { gtin } } };
  if (owner !== account)
    return {
      refusal: { code: 'PROVENANCE_PREFIX_NOT_YOURS', pointer: '/gtin', facts: { gtin, owner, sender: account } },
    };
  writeSerialisation(state, gtin, { enabled, account, height: context.height });
  const content: SerialisationContent = { gtin, enabled };
  return written(ledgerEventTypes.serialisation, content);
}

/**
 * Rule DISCLOSURE: who captured a record first says who may see it, and changes that by saying it again. A witness put its
 * name beside a record of somebody else's and does not open or close it.
 */
function executeVisibility(
  context: ExecutionContext,
  { eventKey, eventHash, record, visibility }: DecodedVisibility,
  state: ModuleState,
): ExecuteResult {
  const { account } = context.sender;
  const known = readEventRecord(state, stateKeys.event(record, eventHash));
  if (known === undefined)
    return { refusal: { code: 'PROVENANCE_EVENT_UNKNOWN', pointer: '/eventKey', facts: { eventKey } } };
  if (known.signer !== account)
    return {
      refusal: {
        code: 'PROVENANCE_EVENT_NOT_YOURS',
        pointer: '/eventKey',
        facts: { eventKey, owner: known.signer, sender: account },
      },
    };
  const key = stateKeys.visibility(record, eventHash);
  const changes = (readVisibility(state, key)?.changes ?? 0) + 1;
  writeVisibility(state, key, { visibility, height: context.height, changes });
  const content: VisibilityChangedContent = { eventKey, visibility };
  return written(ledgerEventTypes.visibilityChanged, content);
}

/** What can be said of a body without state; undefined: nothing against it. */
function checkBody(body: Body): Refusal | undefined {
  switch (body.kind) {
    case bodyKinds.context: {
      const read = decodeContext(body);
      return read.ok ? undefined : read.refusal;
    }
    case bodyKinds.event: {
      const read = decodeEvent(body);
      if (!read.ok) return read.refusal;
      const hasContext = body.context !== 0 || read.value.event['@context'] !== undefined;
      return hasContext ? undefined : deny('PROVENANCE_CONTEXT_MISSING', '', { context: '0' }).refusal;
    }
    case bodyKinds.masterdata: {
      const read = decodeMasterdata(body);
      return read.ok ? undefined : read.refusal;
    }
    case bodyKinds.serialisation: {
      const read = decodeSerialisation(body);
      return read.ok ? undefined : read.refusal;
    }
    case bodyKinds.visibility: {
      const read = decodeVisibility(body);
      return read.ok ? undefined : read.refusal;
    }
    default:
      return deny('PROVENANCE_KIND_UNKNOWN', '', { kind: body.kind.slice(0, 64) }).refusal;
  }
}

/**
 * The ledger module of provenance, the one judge of custody (docs/protocol/provenance.md). Safe against any bytes: what it
 * cannot read it refuses.
 */
export const provenanceModule: LedgerModule = {
  number: provenanceModuleNumber,
  kinds: Object.values(bodyKinds),
  contextKinds: [bodyKinds.context],
  checkBody,
  execute(context, body, state) {
    const refusal = checkBody(body);
    if (refusal !== undefined) return { refusal };
    switch (body.kind) {
      case bodyKinds.event:
        return executeEvent(context, body, state);
      case bodyKinds.masterdata: {
        const read = decodeMasterdata(body);
        return read.ok ? executeMasterdata(context, read.value, state) : read;
      }
      case bodyKinds.serialisation: {
        const read = decodeSerialisation(body);
        return read.ok ? executeSerialisation(context, read.value, state) : read;
      }
      case bodyKinds.visibility: {
        const read = decodeVisibility(body);
        return read.ok ? executeVisibility(context, read.value, state) : read;
      }
      default:
        // A context is read by the bodies that name it; by itself it says nothing.
        return { events: [] };
    }
  },
};
