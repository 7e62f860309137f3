/** Everything the services work with. */
export interface Services {
  now(): Date;
}
