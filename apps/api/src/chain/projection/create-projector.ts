import { provenanceViews } from '@waymark/provenance/views';
import type { DataSource } from 'typeorm';
import { motionView } from '../../modules/accounts/views/motion-view.js';
import { itemSight } from '../../modules/items/item-sight.js';
import type { Logger } from '../../platform/logging/logger.js';
import { type BlockListener, LIVE, type ProjectionPlace, Projector } from './projector.js';
import type { AnyView } from './view-store.js';

/** The projector with the views of every capability of this API. */
export function createProjector(
  database: DataSource,
  genesisHash: Uint8Array,
  listeners: readonly BlockListener[],
  logger: Logger,
  place: ProjectionPlace = LIVE,
): Projector {
  return new Projector(
    database,
    [...provenanceViews, motionView] as readonly AnyView[],
    [itemSight],
    listeners,
    genesisHash,
    logger,
    place,
  );
}
