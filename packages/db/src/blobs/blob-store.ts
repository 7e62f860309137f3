/**
 * Content-addressed, write-once storage of images and masks; the address is the lower-case hex SHA-256 of the bytes.
 * Implementations may keep the bytes anywhere (a folder, S3); several processes may use one store at once.
 */
export interface BlobStore {
  /** Stores the bytes durably before it resolves; storing the same bytes again changes nothing. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes, checked against their address. DomainError NOT_FOUND: not stored. INTERNAL: stored but damaged. */
  get(sha256: string): Promise<Uint8Array>;
  has(sha256: string): Promise<boolean>;
}
