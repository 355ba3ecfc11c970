import { readFileSync } from 'node:fs';
import { generateNginxTable } from '../../scripts/generate-nginx-table';
import { DIRECTIVES, REMOVED } from '../../lib/nginx/directive-table';

test('the committed table is what its generator makes of the data', () => {
  const { path, text } = generateNginxTable();
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('the table keeps what the checks read', () => {
  expect(DIRECTIVES.size).toBe(655);
  expect(DIRECTIVES.get('add_header')?.uses).toEqual([
    {
      module: 'ngx_http_headers_filter_module',
      contexts: ['http', 'server', 'location', 'if-in-location'],
      args: [2, 3],
      kind: 'custom',
    },
  ]);
  expect(DIRECTIVES.get('gzip_comp_level')?.uses[0]?.bounds).toEqual([1, 9]);
  expect(DIRECTIVES.get('satisfy')?.uses[0]?.values).toEqual(['all', 'any']);
  expect(DIRECTIVES.get('http2')?.since).toBe('1.25.1');
  expect(REMOVED.get('ssl')).toEqual({ lastSeen: '1.25.0', replacement: 'ssl parameter of listen' });
});
