/** Stands on every page, result and export. */
export const RESEARCH_NOTICE = 'research use, not for diagnosis';
