import { RESEARCH_NOTICE } from '@blastwise/contracts';

/** The notice as a sentence of its own. */
export const NOTICE = RESEARCH_NOTICE.charAt(0).toUpperCase() + RESEARCH_NOTICE.slice(1);
