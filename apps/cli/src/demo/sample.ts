import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { splitByPlace, type CompanyDocument, type EpcisDocument } from '../capture/split-by-place.js';
import { membersSchema, type Members } from '../init/members.js';

const companySchema = z.looseObject({
  account: z.string(),
  role: z.enum(['company', 'regulator']),
  companyPrefixes: z.array(z.string()).default([]),
  places: z.array(z.string()).default([]),
});

/** The bundled seafood sample: its companies and what each of them captures, in turn. */
export interface Sample {
  members: Members;
  companies: z.infer<typeof companySchema>[];
  turns: CompanyDocument[];
  /** Path of the Digital Link of one can, as printed in its code. */
  canPath: string;
  eventCount: number;
}

export function loadSample(root: string): Sample {
  const folder = path.join(root, 'samples', 'seafood');
  const raw: unknown = JSON.parse(readFileSync(path.join(folder, 'companies.json'), 'utf8'));
  const companies = z.array(companySchema).parse(raw);
  const document = JSON.parse(readFileSync(path.join(folder, 'seafood.jsonld'), 'utf8')) as EpcisDocument;
  const ownerOfPlace = (id: string) => companies.find((company) => company.places.includes(id))?.account;
  const ownerOfMasterData = (id: string) =>
    ownerOfPlace(id) ??
    companies.find((company) => company.companyPrefixes.some((prefix) => id.includes(`:${prefix}.`)))?.account;
  const info = z
    .object({ canPath: z.string().startsWith('/01/') })
    .parse(JSON.parse(readFileSync(path.join(folder, 'scan.json'), 'utf8')));
  return {
    members: membersSchema.parse(raw),
    companies,
    turns: splitByPlace(document, ownerOfPlace, ownerOfMasterData),
    canPath: info.canPath,
    eventCount: document.epcisBody.eventList.length,
  };
}
