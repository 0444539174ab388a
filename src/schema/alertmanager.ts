import versions from '../../versions.json' with { type: 'json' };
import { duration, objectName } from './fragments.ts';
import { boolean, type Json, list, map, object, ref, type Schema, string } from './kit.ts';
import { auth, serverValues } from './server.ts';

/** Who a severity is told to, and how often again. */
export const severityRoute: Schema = {
  ...object('Who is told, and how often.', {
    slack: boolean('Whether Slack is told.', true),
    email: boolean('Whether an e-mail is sent.', true),
    webhook: boolean('Whether the webhook is called.', true),
    pagerduty: boolean('Whether PagerDuty is told.', true),
    repeatInterval: duration('Time until what still fires is told again, at least 1s.', '12h'),
  }),
  title: 'SeverityRoute',
};

const notifications: Schema = object(
  'Ways to tell somebody. What is secret in them are keys of the Secret `existingSecret`, read as files.',
  {
    slack: object('Slack, by the key `SLACK_WEBHOOK_URL`.', {
      enabled: boolean('Whether it is used.', false),
      channel: string('Channel, where the webhook lets one choose; empty for its own.', '', {
        pattern: '^[^\\s]*$',
        examples: ['#alerts'],
      }),
    }),
    email: object('E-mail, with the key `ALERTMANAGER_SMTP_PASSWORD`.', {
      enabled: boolean('Whether it is used.', false),
      to: string('Addresses, with commas between.', '', { examples: ['oncall@example.com'] }),
      from: string('Sender.', '', { examples: ['alerts@example.com'] }),
      smarthost: string('`host:port` of the mail server.', '', {
        pattern: '^([A-Za-z0-9.-]+:[0-9]{1,5})?$',
        examples: ['smtp.example.com:587'],
      }),
      username: string(
        'User of the mail server, who is no secret: Alertmanager cannot read it from a file. Empty for no login.',
        '',
      ),
      requireTls: boolean('Whether the connection must be encrypted.', true),
    }),
    webhook: object('A webhook of your own, by the key `ALERTMANAGER_WEBHOOK_URL`.', {
      enabled: boolean('Whether it is used.', false),
    }),
    pagerduty: object('PagerDuty, by the key `PAGERDUTY_ROUTING_KEY`.', {
      enabled: boolean('Whether it is used.', false),
    }),
    heartbeat: object(
      'A webhook that is called as long as the alert `Watchdog` arrives, by the key `ALERTMANAGER_HEARTBEAT_URL`.',
      {
        enabled: boolean('Whether it is used; without it nobody is told of `Watchdog`.', false),
        interval: duration('Time between two calls, at least 1s.', '1m'),
      },
    ),
  },
);

/**
 * Values of the subchart alertmanager, but its switch.
 * @param inhibitions default of the rules that silence one alert by another
 */
export function alertmanagerValues(
  inhibitions: Readonly<Record<string, Json>>,
): Readonly<Record<string, Schema>> {
  const matchers = (description: string) => list(description, { type: 'string' });
  return {
    retention: duration('How long silences, and what was told, are remembered.', '120h'),
    existingSecret: objectName('Secret with the keys that `notifications` name.', 'monitoring-secrets'),
    notifications,
    groupWait: duration('Time to wait for further alerts of a group, and for what silences them.', '10s'),
    groupInterval: duration('Time until a change of a group is told, at least 1s.', '1m'),
    routes: object('Who is told of which severity.', {
      critical: ref('severityRoute', 'Alerts that cannot wait.', { repeatInterval: '1h' }),
      warning: ref('severityRoute', 'Alerts that can; those without a severity as well.', {
        pagerduty: false,
      }),
    }),
    inhibitions: map(
      'While an alert of `source` fires, those of `target` with equal labels are not told; by a free name. null removes one.',
      {
        ...object('Matchers of the two sides.', {
          source: withoutDefault(matchers('Matchers of the alert that silences.')),
          target: withoutDefault(matchers('Matchers of those that are silenced.')),
          equal: withoutDefault(matchers('Labels that both must share.')),
        }),
        type: ['object', 'null'],
      },
      { default: inhibitions },
    ),
    auth: auth('Alertmanager'),
    ...serverValues({
      image: versions.images.alertmanager,
      port: 9093,
      user: 65534,
      memory: { request: '64Mi', limit: '256Mi' },
      disk: '256Mi',
      persistence: { enabled: true, size: '1Gi' },
      grace: '30s',
    }),
  };
}

/** Below a map Helm fills nothing in. */
function withoutDefault({ default: _default, ...schema }: Schema): Schema {
  return schema;
}
