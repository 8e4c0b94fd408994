/** An id from an address; what is no UUID names nothing, like an id that nobody has. */
export const identifier = (text: string): string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : '00000000-0000-0000-0000-000000000000';
