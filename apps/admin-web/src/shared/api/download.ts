import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { callApi } from './call.js';
import { problemOf } from './problem.js';

/** Saves bytes under a name, as a download of the browser. */
export function saveBlob(blob: Blob, fileName: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser takes the address when it begins to write; a minute is long after that.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Fetches a file of the API with the session's token and saves it; says so where the file does not hold all there is. @throws ApiError */
export async function download(path: string, fileName: string, init: RequestInit = {}): Promise<void> {
  const response = await callApi(path, init);
  if (!response.ok) throw await problemOf(response);
  saveBlob(await response.blob(), fileName);
  if (response.headers.get('waymark-truncated') === 'true')
    notifications.show({
      color: 'yellow.8',
      autoClose: false,
      title: i18next.t('download.cut', { ns: 'shared', name: fileName }),
      message: i18next.t('download.cut.fix', { ns: 'shared' }),
    });
}
