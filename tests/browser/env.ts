/** Where Chromium is; `npm test` names the one it found. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether the journeys keep pictures for the documentation on their way, and the environment in which they do. */
export const takesScreenshots = process.env.BLASTWISE_SCREENSHOTS === '1';
export const takingScreenshots = { ...process.env, BLASTWISE_SCREENSHOTS: '1' };

/** The data folder of a portal that runs already: the journeys use it instead of starting one of their own. */
export const runningDataDir = process.env.BLASTWISE_TEST_DATA_DIR ?? null;
