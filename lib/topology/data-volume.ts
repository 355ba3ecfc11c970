/** A volume that outlives every container. */
export interface DataVolume {
  readonly id: string;
  readonly construct: string;
  /** Its name on the host, where the user chose one. */
  readonly name?: string;
  readonly preventDestroy: boolean;
}
