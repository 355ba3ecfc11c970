import { expression } from '../../lib/nginx/argument';
import { directive } from '../../lib/nginx/directive';
import type { NginxDirective } from '../../lib/nginx/directive';
import { parseNginx } from '../../lib/nginx/parse';
import { renderNginx } from '../../lib/nginx/render';
import { withZoneNames } from '../../lib/topology/render/zone-names';

const named = (text: string): string => renderNginx(withZoneNames(parseNginx(text)));
const zones = (text: string): string[] => [...named(text).matchAll(/\bz_[0-9a-f]{8}/g)].map(([name]) => name);

describe('a zone is named after what nginx refuses to change while it runs', () => {
  test.each([
    ['limit_req_zone $a zone=z:1m rate=1r/s;', 'limit_req_zone $b zone=z:1m rate=1r/s;'],
    ['limit_conn_zone $a zone=z:1m;', 'limit_conn_zone $b zone=z:1m;'],
    ['proxy_cache_path /a keys_zone=z:1m;', 'proxy_cache_path /b keys_zone=z:1m;'],
    ['uwsgi_cache_path /a levels=1:2 keys_zone=z:1m;', 'uwsgi_cache_path /a levels=2 keys_zone=z:1m;'],
  ])('%s and %s are two zones', (one, other) => {
    expect(zones(one)).toHaveLength(1);
    expect(zones(one)).not.toEqual(zones(other));
  });

  test.each([
    ['limit_req_zone $a zone=z:1m rate=1r/s;', 'limit_req_zone $a zone=z:1m rate=9r/s;'],
    ['proxy_cache_path /a keys_zone=z:1m;', 'proxy_cache_path /a keys_zone=z:1m inactive=1h;'],
  ])('%s and %s are one, which keeps what it has counted', (one, other) => {
    expect(zones(one)).toEqual(zones(other));
  });

  test('whoever names the zone follows, wherever it stands', () => {
    const text = `
      limit_req_zone $a zone=z:1m rate=1r/s;
      server { limit_req zone=z burst=5; location / { limit_req zone=z nodelay; limit_req zone=other; } }`;
    expect(new Set(zones(text)).size).toBe(1);
    expect(zones(text)).toHaveLength(3);
    expect(named(text)).toContain('zone=other;');
    expect(zones('limit_conn_zone $a zone=z:1m; server { limit_conn z 9; }')).toHaveLength(2);
    expect(
      zones('proxy_cache_path /a keys_zone=z:1m; server { proxy_cache z; uwsgi_cache z; }'),
    ).toHaveLength(2);
  });

  test('a zone that is chosen while nginx runs keeps its name', () => {
    const tree: NginxDirective[] = [
      directive('proxy_cache_path', '/a', 'keys_zone=z:1m'),
      directive('proxy_cache', expression('$zone')),
    ];
    expect(withZoneNames(tree)).toEqual(tree);
  });
});
