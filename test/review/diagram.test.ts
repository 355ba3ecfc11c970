import { ExternalBackend, GunicornApp } from 'cdktf-wsgi';
import { reviewOf } from '../helpers/frontends';
import { GUNICORN } from '../helpers/stacks';

test('a diagram draws each application of its own, servers that live elsewhere, and where redirects lead', () => {
  const { diagram } = reviewOf((web, site) => {
    web.addBackend('/1/', new GunicornApp(site, 'a-b', GUNICORN));
    web.addBackend('/2/', new GunicornApp(site, 'a_b', GUNICORN));
    const pool = web.addUpstream('pool');
    pool.add(ExternalBackend.http('10.0.0.7', 80));
    pool.add(ExternalBackend.httpSocket('/run/other/app.sock'));
    web.addBackend('/far/', pool);
    web.addBackend('/near/', ExternalBackend.http('10.0.0.7', 80));
    web.addRedirect('/old/', '/1/');
  });
  expect(diagram).toBe(`flowchart LR
  world((world))
  n_web["nginx web"]
  n_a_45_b["gunicorn a-b × 1"]
  n_a_95_b["gunicorn a_b × 1"]
  m_10_46_0_46_0_46_7_58_80["10.0.0.7:80"]
  m__47_run_47_other_47_app_46_sock["/run/other/app.sock"]
  r_302__47_1_47_(["302 /1/"])
  world -->|"127.0.0.1:8080"| n_web
  n_web -->|"/1/"| n_a_45_b
  n_web -->|"/2/"| n_a_95_b
  n_web -->|"/far/"| m_10_46_0_46_0_46_7_58_80
  n_web -->|"/far/"| m__47_run_47_other_47_app_46_sock
  n_web -->|"/near/"| m_10_46_0_46_0_46_7_58_80
  n_web -->|"/old/"| r_302__47_1_47_
`);
});
