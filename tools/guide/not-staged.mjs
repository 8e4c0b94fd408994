// Texts that the guide names beside a picture and that no picture's story shows: they come later, elsewhere or by accident. `namespace:key`.
export const NOT_STAGED = {
  README: ['shell:signIn.recovery.use', 'shell:sample.remove'],
  administrator: ['settings:people.activate', 'settings:waiting.withdraw'],
  capture: [],
  quality: ['shared:level.received', 'trace:timeline.outline'],
  regulator: ['regulator:result.goOn'],
  operator: ['consortium:views.cancel'],
  joining: ['join:fingerprint.same', 'join:check.catching'],
  shopper: [],
};
