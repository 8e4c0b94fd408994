import type { EpcisEvent, SensorElement } from '../../model/epcis.js';
import type { Problem } from '../../model/problem.js';
import { parseTimeMs } from '../../model/time.js';
import { error } from '../schema-problems.js';

/** Attributes that may stand once for the element or once for each report, never in both (TCR-53; EPCIS 2.0, 7.3.7). */
const SHARED = ['time', 'deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules'] as const;

function judgeElement(element: SensorElement, base: string, eventTime: string): Problem[] {
  const problems: Problem[] = [];
  const eventMs = parseTimeMs(eventTime);
  const notAfterEvent = (text: string | undefined, pointer: string) => {
    const timeMs = text === undefined ? undefined : parseTimeMs(text);
    if (text === undefined || timeMs === undefined || eventMs === undefined || timeMs <= eventMs) return;
    problems.push(
      error(
        'EPCIS_SENSOR_TIME_AFTER_EVENT',
        pointer,
        `The reading of ${text} is later than its event of ${eventTime}.`,
        'Give the event the time of its last reading, or correct the time or its zone.',
        {
          time: text,
          eventTime,
        },
      ),
    );
  };
  const metadata = element.sensorMetadata;
  notAfterEvent(metadata?.time, `${base}/sensorMetadata/time`);
  notAfterEvent(metadata?.startTime, `${base}/sensorMetadata/startTime`);
  notAfterEvent(metadata?.endTime, `${base}/sensorMetadata/endTime`);
  const [startMs, endMs] = [metadata?.startTime, metadata?.endTime].map((text) =>
    text === undefined ? undefined : parseTimeMs(text),
  );
  if (startMs !== undefined && endMs !== undefined && startMs > endMs) {
    problems.push(
      error(
        'EPCIS_SENSOR_TIMES_REVERSED',
        `${base}/sensorMetadata/endTime`,
        'The measurement ends before it starts.',
        'Exchange or correct "startTime" and "endTime".',
      ),
    );
  }
  element.sensorReport.forEach((report, i) => {
    notAfterEvent(report.time, `${base}/sensorReport/${i}/time`);
    for (const name of SHARED) {
      if (metadata?.[name] === undefined || report[name] === undefined) continue;
      problems.push(
        error(
          'EPCIS_SENSOR_ATTRIBUTE_TWICE',
          `${base}/sensorReport/${i}/${name}`,
          `"${name}" stands in the metadata and in a report of the same sensor element.`,
          'Keep it in one of the two places.',
          {
            attribute: name,
          },
        ),
      );
    }
  });
  return problems;
}

/** Sensor rules beyond the schema. */
export function judgeSensors(event: EpcisEvent, base: string): Problem[] {
  return (event.sensorElementList ?? []).flatMap((element, i) =>
    judgeElement(element, `${base}/sensorElementList/${i}`, event.eventTime),
  );
}
