/**
 * Finished model artifacts, each in a folder named by its digest. Several processes may use one store at once;
 * what is in it never changes.
 */
export interface ModelStore {
  /** Where the artifact of a digest lies or would lie. DomainError BAD_INPUT: only a digest may become a path. */
  folderOf(digest: string): string;
  has(digest: string): Promise<boolean>;
  /**
   * Moves a finished artifact folder into the store, whole or not at all, and durably before it resolves. It must
   * lie on the store's file system. A digest that is there already changes nothing; the folder is removed all the same.
   */
  add(folder: string, digest: string): Promise<void>;
}
