import { expect, test } from '@jest/globals';
import { ConfigError, loadConfig } from '#api/config.js';

test('without any setting: port 3000, embedded SQLite in ./data, the small demo', () => {
  expect(loadConfig({}, '/srv/socai')).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    dataDir: '/srv/socai/data',
    database: { engine: 'sqlite', file: '/srv/socai/data/socai.sqlite' },
    keyPassphraseFile: '/srv/socai/data/keys/passphrase',
    witnessPolicy: null,
    failOpen: false,
    demo: 'small',
    publicUrl: 'http://localhost:3000',
  });
});

test('an empty setting counts as not given', () => {
  expect(loadConfig({ PORT: '', SOCAI_DATABASE_URL: '', SOCAI_DEMO: '' }, '/srv')).toMatchObject({
    port: 3000,
    demo: 'small',
  });
});

test('every wrong value is named at once, with what is allowed', () => {
  const wrong = {
    PORT: '65536',
    SOCAI_DEMO: 'large',
    SOCAI_FAIL_OPEN: 'yes',
    SOCAI_LOG: 'loud',
    SOCAI_DATABASE_URL: 'mysql://localhost/socai',
    SOCAI_PUBLIC_URL: 'school.example/socai',
    SOCAI_TRUSTED_PROXIES: '10.0.0.5, 10.0.1.0/33',
    SOCAI_TSA_URL: 'tsa.example',
    SOCAI_TSA_PATIENCE: 'soon',
    SOCAI_PKCS11_MODULE: '/usr/lib/token.so',
  };
  let problems: readonly string[] = [];
  try {
    loadConfig(wrong, '/srv');
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    problems = (error as ConfigError).problems;
  }
  expect(problems).toHaveLength(10);
  for (const name of Object.keys(wrong))
    expect(problems.filter((problem) => problem.startsWith(name))).toHaveLength(1);
  expect(problems.join()).toContain('small, school, staff-only, none');
});

test('nobody is believed about addresses but the proxies named', () => {
  expect(loadConfig({}, '/srv').trustedProxies).toEqual([]);
  const named = { SOCAI_TRUSTED_PROXIES: '10.0.0.5, 10.0.1.0/24,::1' };
  expect(loadConfig(named, '/srv').trustedProxies).toEqual(['10.0.0.5', '10.0.1.0/24', '::1']);
});

test('a timestamping authority and a token are there when they are named whole', () => {
  expect(loadConfig({}, '/srv')).not.toHaveProperty('timestamps');
  expect(loadConfig({}, '/srv')).not.toHaveProperty('signingToken');
  const named = {
    SOCAI_TSA_URL: 'http://tsa.example/ts',
    SOCAI_PKCS11_MODULE: '/usr/lib/token.so',
    SOCAI_PKCS11_TOKEN: 'THCS Sông Mây',
    SOCAI_PKCS11_PIN_FILE: 'pin',
  };
  expect(loadConfig(named, '/srv')).toMatchObject({
    timestamps: { url: 'http://tsa.example/ts', patience: 600_000 },
    signingToken: { module: '/usr/lib/token.so', label: 'THCS Sông Mây', pinFile: '/srv/pin' },
  });
});

test('without a demo the witnesses have to be named: nothing is published by silence', () => {
  expect(() => loadConfig({ SOCAI_DEMO: 'none' }, '/srv')).toThrow(
    /SOCAI_WITNESS_POLICY is not set.*"quorum none"/,
  );
  expect(() => loadConfig({ SOCAI_DEMO: 'none', SOCAI_FAIL_OPEN: '1' }, '/srv')).toThrow(ConfigError);
  const named = { SOCAI_DEMO: 'none', SOCAI_WITNESS_POLICY: 'witnesses', SOCAI_FAIL_OPEN: '1' };
  expect(loadConfig(named, '/srv')).toMatchObject({ witnessPolicy: '/srv/witnesses', failOpen: true });
});
