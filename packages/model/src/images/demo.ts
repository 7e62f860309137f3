import { fileURLToPath } from 'node:url';

/** Two photographed fields (JPEG, 640 x 480) that may be shown to anyone; see ATTRIBUTION.md beside them. */
export const DEMO_DIR = fileURLToPath(new URL('../../demo/', import.meta.url));
