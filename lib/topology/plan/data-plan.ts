import type { DataVolume } from '../data-volume';
import type { ResourcePlan } from './stack-plan';

/** What persistent data ask the engine for: one volume, whose name never changes. */
export function dataPlan({ id, name, preventDestroy }: DataVolume): ResourcePlan {
  const persistence = { ...(name === undefined ? {} : { name }), preventDestroy };
  return { images: [], networks: [], volumes: [{ key: id, persistence }], containers: [] };
}
