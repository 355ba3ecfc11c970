import type { NginxImage } from 'cdktf-wsgi';

/** Other images for an example to start from, where Docker Hub cannot be reached or a platform has its own. */
export interface BaseImages {
  /** Name of an image with `python3` and `pip`; otherwise the official one. */
  readonly python?: string;
  /** Otherwise the official one. */
  readonly nginx?: NginxImage;
}
