import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../src/chart/helm.ts';
import { randomPassword, requiredSecretKeys } from '../../../src/deploy/secrets.ts';

function deployment(name: string, env: readonly object[]): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { template: { spec: { containers: [{ name: 'main', env }] } } },
  };
}

const reference = (key: string, optional?: boolean) => ({
  name: key,
  valueFrom: {
    secretKeyRef: { name: 'ml-service-secrets', key, ...(optional === undefined ? {} : { optional }) },
  },
});

describe('the Secret keys that pods cannot start without', () => {
  it('are found once each, with everyone who reads them', () => {
    const manifests = [
      deployment('api', [reference('S3_ACCESS_KEY'), reference('REDIS_PASSWORD')]),
      deployment('worker', [reference('S3_ACCESS_KEY')]),
    ];
    expect(requiredSecretKeys(manifests)).toEqual([
      {
        secret: 'ml-service-secrets',
        key: 'S3_ACCESS_KEY',
        readers: ['Deployment/api', 'Deployment/worker'],
      },
      { secret: 'ml-service-secrets', key: 'REDIS_PASSWORD', readers: ['Deployment/api'] },
    ]);
  });

  it('are those that volumes take as well', () => {
    const items = (key: string) => ({ items: [{ key, path: key }] });
    const manifest = deployment('worker', []);
    const volumes = [
      { name: 'plain', secret: { secretName: 'plain', ...items('a') } },
      { name: 'optional', secret: { secretName: 'plain', optional: true, ...items('b') } },
      { name: 'mixed', projected: { sources: [{ secret: { name: 'broker-ca', ...items('ca.crt') } }] } },
    ];
    const { spec } = manifest as unknown as { spec: { template: { spec: object } } };
    Object.assign(spec.template.spec, { volumes });
    expect(requiredSecretKeys([manifest]).map(({ secret, key }) => `${secret}.${key}`)).toEqual([
      'plain.a',
      'broker-ca.ca.crt',
    ]);
  });

  it('are those of the namespace in which their reader runs', () => {
    const there = deployment('grafana', [reference('A')]);
    Object.assign(there.metadata, { namespace: 'monitoring' });
    const uses = requiredSecretKeys([deployment('api', [reference('A')]), there]);
    expect(uses.map(({ namespace, readers }) => [namespace, ...readers])).toEqual([
      [undefined, 'Deployment/api'],
      ['monitoring', 'Deployment/grafana'],
    ]);
  });

  it('are those that an AlertmanagerConfig takes, by whatever field', () => {
    const key = (key: string) => ({ name: 'monitoring-secrets', key });
    const receiver = {
      name: 'critical',
      slackConfigs: [{ apiURL: key('a') }],
      emailConfigs: [{ authPassword: key('b'), headers: [{ key: 'Subject', value: 'c' }] }],
      webhookConfigs: [{ urlSecret: key('d') }],
      pagerdutyConfigs: [{ routingKey: key('e') }],
    };
    const manifest = {
      ...{ apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'AlertmanagerConfig' },
      ...{ metadata: { name: 'mine' }, spec: { receivers: [receiver] } },
    };
    const found = requiredSecretKeys([manifest]);
    expect(found.map(({ key }) => key)).toEqual(['a', 'b', 'd', 'e']);
    for (const { secret } of found) expect(secret).toBe('monitoring-secrets');
  });

  it('leave out what is optional', () => {
    expect(requiredSecretKeys([deployment('api', [reference('MASTERML_TOKEN', true)])])).toEqual([]);
  });

  it('count a key that one pod may lack and another may not', () => {
    const manifests = [
      deployment('api', [reference('A', true)]),
      deployment('worker', [reference('A', false)]),
    ];
    expect(requiredSecretKeys(manifests).map(({ readers }) => readers)).toEqual([['Deployment/worker']]);
  });
});

describe('a random password', () => {
  it('has 32 letters and digits, so that a URL takes it unescaped, and is new each time', () => {
    const passwords = Array.from({ length: 200 }, randomPassword);
    for (const password of passwords) expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(new Set(passwords).size).toBe(passwords.length);
  });
});
