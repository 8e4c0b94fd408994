import { Visibility } from '@waymark/ledger/chain';
import { z } from 'zod';
import { ProblemError } from '../../../platform/errors/problem.js';
import { EPCIS_HEADERS } from '../commands/capture-limits.js';

const visibilities = { public: Visibility.PUBLIC, partners: Visibility.PARTNERS, own: Visibility.OWN } as const;
const behaviourSchema = z.enum(['rollback', 'proceed']).default('rollback');
const visibilitySchema = z.enum(['public', 'partners', 'own']).default('partners');

/** The headers that steer a capture, checked. */
export function captureHeaders(headers: Readonly<Record<string, string | undefined>>): {
  proceed: boolean;
  visibility: Visibility;
} {
  const behaviour = behaviourSchema.safeParse(headers['gs1-capture-error-behaviour']?.trim().toLowerCase());
  if (!behaviour.success) throw refuse('GS1-Capture-Error-Behaviour', 'is rollback or proceed');
  const visibility = visibilitySchema.safeParse(headers['waymark-visibility']?.trim().toLowerCase());
  if (!visibility.success) throw refuse('Waymark-Visibility', 'is public, partners or own');
  const version = headers['gs1-epcis-version']?.trim();
  if (version !== undefined && !/^2\.0(\.\d+)?$/.test(version))
    throw refuse(
      'GS1-EPCIS-Version',
      `${version} is not spoken here; this is ${EPCIS_HEADERS['GS1-EPCIS-Version']}`,
      'not-acceptable',
    );
  return { proceed: behaviour.data === 'proceed', visibility: visibilities[visibility.data] };
}

function refuse(header: string, reason: string, kind: 'invalid' | 'not-acceptable' = 'invalid'): ProblemError {
  return new ProblemError(kind, {
    code: 'CAPTURE_HEADER_INVALID',
    detail: `The header ${header} ${reason}.`,
    howToFix: `Correct the header ${header}, or leave it out.`,
    facts: { header },
  });
}
