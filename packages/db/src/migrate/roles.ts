/** The role the product runs as: it reads and adds, and changes only what may change. */
export const APP_ROLE = 'blastwise_app';
