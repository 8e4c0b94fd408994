import {
  IconBuildingFactory2,
  IconCalendar,
  IconFileText,
  IconMapPin,
  IconPackage,
  IconReceipt,
  IconStack2,
  IconTag,
  IconUpload,
  type Icon,
} from '@tabler/icons-react';
import type { FoundKind } from './found.js';

export const FOUND_ICONS: Readonly<Record<FoundKind, Icon>> = {
  items: IconPackage,
  products: IconTag,
  places: IconMapPin,
  parties: IconBuildingFactory2,
  days: IconCalendar,
  records: IconFileText,
  jobs: IconUpload,
  blocks: IconStack2,
  transactions: IconReceipt,
};
