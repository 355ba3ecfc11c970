import { renderGunicorn } from '../../gunicorn/render';
import { renderNginx } from '../../nginx/render';
import { renderUwsgi } from '../../uwsgi/render';
import { configFileName } from '../derive/paths';
import type { Frontend } from '../frontend';
import type { FrontendFiles } from '../plan/frontend-plan';
import { once } from '../once';
import { imagePlan } from '../plan/image-plan';
import type { App, Topology } from '../topology';
import { APP_PROBE_SOURCE } from './app-probe-table';
import { gunicornFile } from './gunicorn-settings';
import { policiesOf } from './frontend-parts';
import { gateConfig, nginxConfig } from './nginx-config';
import { uwsgiOptions } from './uwsgi-options';
import { shortHash } from '../short-hash';

/** The text of an application server's configuration. */
export const appConfigText: (app: App) => string = once((app) =>
  app.server === 'uwsgi'
    ? `${headComment(';', app.construct)}${renderUwsgi(uwsgiOptions(app))}`
    : `${headComment('#', app.construct)}${renderGunicorn(gunicornFile(app))}`,
);

/** The texts of a frontend's configuration, and the hash that names them. */
export function frontendFiles(frontend: Frontend, topology: Topology): FrontendFiles {
  return filesOf(topology)(frontend);
}

const filesOf = once((topology: Topology) => once((frontend: Frontend) => files(frontend, topology)));

function files(frontend: Frontend, topology: Topology): FrontendFiles {
  const head = headComment('#', frontend.construct);
  const nginxConf = head + renderNginx(nginxConfig(frontend, topology));
  const gateConf = frontend.gate ? head + renderNginx(gateConfig(frontend)) : '';
  const byName = new Map(
    policiesOf(frontend).flatMap((policy) => policy.files.map((file) => [file.name, file])),
  );
  const published = [...byName.values()].sort(({ name: one }, { name: other }) => (one < other ? -1 : 1));
  return { nginxConf, gateConf, files: published, hash: shortHash(nginxConf) };
}

/** Every rendered file of a stack: `<construct id>/<file>` to its text, sorted; the probe, the same for all, once. */
export function renderedFiles(topology: Topology): Record<string, string> {
  const probe = topology.apps.length === 0 ? [] : [['probe.py', APP_PROBE_SOURCE]];
  const apps = topology.apps.flatMap((app) => [
    [`${app.id}/${configFileName(app)}`, appConfigText(app)],
    ...dockerfile(app),
  ]);
  const frontends = topology.frontends.flatMap((frontend) => {
    const { nginxConf, gateConf, files: published } = frontendFiles(frontend, topology);
    const beside = published.map(({ name, content }) => [`${frontend.id}/${name}`, content]);
    const gate = frontend.gate ? [[`${frontend.id}/gate.conf`, gateConf]] : [];
    return [[`${frontend.id}/nginx.conf`, nginxConf], ...beside, ...gate];
  });
  const sorted = [...probe, ...apps, ...frontends].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted) as Record<string, string>;
}

/** The Dockerfile of an application, where the library writes it. */
function dockerfile(app: App): string[][] {
  const image = imagePlan(app);
  return image.kind === 'built' && image.instructions !== undefined
    ? [[`${app.id}/Dockerfile`, image.instructions]]
    : [];
}

function headComment(mark: string, construct: string): string {
  return `${mark} rendered by cdktf-wsgi: edit the construct ${construct.replace(/[^\w./-]/g, '_')}, not this file\n`;
}
