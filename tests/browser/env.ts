/** Where Chromium is; `npm test` names the one it found. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** The data folder of a portal that runs already: the journeys use it instead of starting one of their own. */
export const runningDataDir = process.env.BLASTWISE_TEST_DATA_DIR ?? null;
