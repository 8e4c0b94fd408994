import { epcisEventView } from './epcis-event-view.js';
import { eventItemView, itemView, partyNamedView } from './item-views.js';
import { nameTokens, nameTokenView } from './name-token-view.js';
import { masterDataView, nameView, serialisedProductView } from './name-views.js';
import { traceEdgeView } from './trace-edge-view.js';
import type { View } from './view.js';
import { visibilityChangeView } from './visibility-change-view.js';

export type * from './view.js';
export type * from './rows.js';
export { epcisEventView, eventItemView, itemView, partyNamedView };
export {
  masterDataView,
  nameTokens,
  nameTokenView,
  nameView,
  serialisedProductView,
  traceEdgeView,
  visibilityChangeView,
};

/** All views of provenance, for the generic projector. Rows are typed inside; the projector sees columns. */
export const provenanceViews: readonly View<object>[] = [
  epcisEventView,
  eventItemView,
  itemView,
  partyNamedView,
  traceEdgeView,
  masterDataView,
  nameView,
  nameTokenView,
  serialisedProductView,
  visibilityChangeView,
];
