import { variable } from '../../lib/nginx/argument';
import { block, directive } from '../../lib/nginx/directive';
import { FIXED_VARIABLES, isFixedVariable } from '../../lib/nginx/fixed-variables';
import { KNOWN_VARIABLES } from '../../lib/nginx/known-variables';
import { renderNginx } from '../../lib/nginx/render';
import { nginxTest, withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { nginxSite } from './site';

test('names are compared without regard to case', () => {
  expect(isFixedVariable('URI')).toBe(true);
  expect(isFixedVariable('args')).toBe(false);
});

describeWith(['nginx'], 'a real nginx', () => {
  const said = (names: readonly string[]) =>
    withDirectory((directory) => {
      const http = names.map((name) =>
        block('map', [variable('arg_a'), variable(name)], [directive('default', '1')]),
      );
      return Promise.resolve(nginxTest(directory, renderNginx(nginxSite(directory, { http }))));
    });

  test('lets nobody set any of them', async () => {
    const free: string[] = [];
    for (const name of FIXED_VARIABLES) {
      const { output } = await said([name]);
      if (!output.includes(`the duplicate "${name}" variable`)) free.push(name);
    }
    expect(free).toEqual([]);
  });

  test('lets everybody set every other one that it knows', async () => {
    const others = [...KNOWN_VARIABLES].filter((name) => !isFixedVariable(name));
    expect(others).toContain('args');
    expect(await said(others)).toMatchObject({ ok: true });
  });
});
