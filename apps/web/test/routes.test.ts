import { describe, expect, test } from '@jest/globals';
import { formatRoute, parseRoute, type Route } from '../src/routing/routes.js';

describe('addresses of the staff app', () => {
  const routes: readonly Route[] = [
    { screen: 'classes', yearId: null },
    { screen: 'classes', yearId: '7a6f0f5e-0d0a-4a0e-9b0e-3b8f1f1f9a01' },
    { screen: 'class', classId: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' },
    { screen: 'sheet', classId: '5d0a2a3b', area: 'TOAN', period: 'HK1' },
    { screen: 'sheet', classId: '5d0a2a3b', area: 'TOAN', period: null },
    { screen: 'passkeys' },
    { screen: 'activation' },
  ];

  test.each(routes)('%j is read back from its address', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  test('a class name with a slash stays one part of the address', () => {
    const route: Route = { screen: 'class', classId: '6/1?x#y' };
    expect(formatRoute(route)).toBe('/lop/6%2F1%3Fx%23y');
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  test.each(['/xyz', '/kich-hoat/x', '/lop', '/lop/a/b/c/d', '/lop/%E0%A4%A'])(
    '%s is no screen',
    (address) => {
      expect(parseRoute(address)).toEqual({ screen: 'unknown' });
    },
  );
});
