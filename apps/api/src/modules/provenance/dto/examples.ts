/** Examples for the documentation page: one pallet of the bundled sample is looked at. */
export const exampleDocument = {
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-02T03:04:05.000Z',
  epcisBody: {
    eventList: [
      {
        type: 'ObjectEvent',
        eventTime: '2026-01-02T03:04:05.000Z',
        eventTimeZoneOffset: '+00:00',
        epcList: ['https://id.gs1.org/00/095212340000000018'],
        action: 'OBSERVE',
        bizStep: 'inspecting',
        disposition: 'in_progress',
      },
    ],
  },
};

export const exampleQueryDocument = {
  ...exampleDocument,
  type: 'EPCISQueryDocument',
  epcisBody: {
    queryResults: {
      queryName: 'SimpleEventQuery',
      resultsBody: {
        eventList: exampleDocument.epcisBody.eventList.map((event) => ({
          ...event,
          recordTime: '2026-01-02T03:04:07.000Z',
        })),
      },
    },
  },
};

export const exampleJob = {
  captureID: '4f1d4a9e-0c5b-4a51-9a57-0c1f5b2b9c11',
  running: false,
  success: true,
  captureErrorBehaviour: 'rollback',
  createdAt: '2026-01-02T03:04:06.000Z',
  finishedAt: '2026-01-02T03:04:07.100Z',
  errors: [],
  warnings: [],
  state: 'final',
  txId: '1b0c8a1d5f1e0e6d3c5a4b7f9d2e8c6a1b0c8a1d5f1e0e6d3c5a4b7f9d2e8c6a',
  height: 42,
  eventCount: 1,
  events: [
    {
      index: 0,
      state: 'final',
      eventID: 'ni:///sha-256;df7bb3c352fef055578554f09f5e2aa41782150ced7bd0b8af24dd3ccb30ba69?ver=CBV2.0',
    },
  ],
};

/** An RFC 9457 answer in the OpenAPI description. */
export const problemAnswer = (status: number, description: string) => ({
  status,
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
