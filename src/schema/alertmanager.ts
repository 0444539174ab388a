import versions from '../../versions.json' with { type: 'json' };
import { duration, objectName } from './fragments.ts';
import { boolean, type Json, list, map, object, ref, type Schema, string } from './kit.ts';
import { auth, serverValues } from './server.ts';

/** Notification channels and repeat interval of a severity. */
export const severityRoute: Schema = {
  ...object('Notification routing and repeat interval.', {
    slack: boolean('Notify Slack (`slack_configs`).', true),
    email: boolean('Send an e-mail (`email_configs`).', true),
    webhook: boolean('Call the webhook (`webhook_configs`).', true),
    pagerduty: boolean('Notify PagerDuty (`pagerduty_configs`).', true),
    repeatInterval: duration(
      'Interval at which the notification of a firing alert is repeated (`repeat_interval`), at least 1s.',
      '12h',
    ),
  }),
  title: 'SeverityRoute',
};

const notifications: Schema = object(
  'Notification channels. Their secret settings are keys of the Secret `existingSecret`.',
  {
    slack: object('Slack, with the key `SLACK_WEBHOOK_URL` of the Secret.', {
      enabled: boolean('Add the receiver (`slack_configs`).', false),
      channel: string('Channel (`channel`), if the webhook allows a choice; empty for its default.', '', {
        pattern: '^[^\\s]*$',
        examples: ['#alerts'],
      }),
    }),
    email: object('E-mail, with the key `ALERTMANAGER_SMTP_PASSWORD` of the Secret.', {
      enabled: boolean('Add the receiver (`email_configs`).', false),
      to: string('Recipients, separated by commas (`to`).', '', { examples: ['oncall@example.com'] }),
      from: string('Sender (`from`).', '', { examples: ['alerts@example.com'] }),
      smarthost: string('`host:port` of the mail server (`smarthost`).', '', {
        pattern: '^([A-Za-z0-9.-]+:[0-9]{1,5})?$',
        examples: ['smtp.example.com:587'],
      }),
      username: string(
        'User name at the mail server (`auth_username`), in plain text: Alertmanager cannot read it from a file. Empty for no login.',
        '',
      ),
      requireTls: boolean('Require TLS (`require_tls`).', true),
    }),
    webhook: object('A webhook, with the key `ALERTMANAGER_WEBHOOK_URL` of the Secret.', {
      enabled: boolean('Add the receiver (`webhook_configs`).', false),
    }),
    pagerduty: object('PagerDuty, with the key `PAGERDUTY_ROUTING_KEY` of the Secret.', {
      enabled: boolean('Add the receiver (`pagerduty_configs`).', false),
    }),
    heartbeat: object(
      'A webhook that is called while the alert `Watchdog` fires, with the key `ALERTMANAGER_HEARTBEAT_URL` of the Secret.',
      {
        enabled: boolean(
          'Add the receiver of `Watchdog` (`webhook_configs`); without it `Watchdog` notifies nobody.',
          false,
        ),
        interval: duration('Interval of the calls (`group_interval`), at least 1s.', '1m'),
      },
    ),
  },
);

/**
 * Values of the subchart alertmanager, but its switch.
 * @param inhibitions default of the inhibition rules
 */
export function alertmanagerValues(
  inhibitions: Readonly<Record<string, Json>>,
): Readonly<Record<string, Schema>> {
  const matchers = (description: string) => list(description, { type: 'string' });
  return {
    retention: duration('Retention of silences and of the notification log (`--data.retention`).', '120h'),
    existingSecret: objectName(
      'Secret with the keys that `notifications` names (`secretName`).',
      'monitoring-secrets',
    ),
    notifications,
    groupWait: duration(
      'Time to wait for more alerts of a group, and for those that inhibit them, before the first notification (`group_wait`).',
      '10s',
    ),
    groupInterval: duration(
      'Time before a notification about new alerts of a group (`group_interval`), at least 1s.',
      '1m',
    ),
    routes: object('Notification routing by severity.', {
      critical: ref('severityRoute', 'Alerts with the severity `critical`.', { repeatInterval: '1h' }),
      warning: ref('severityRoute', 'Alerts with the severity `warning`, or without one.', {
        pagerduty: false,
      }),
    }),
    inhibitions: map(
      'Inhibition rules (`inhibit_rules`) by a name of your choice: while an alert of `source` fires, those of `target` with equal labels notify nobody. null removes a rule.',
      {
        ...object('One inhibition rule.', {
          source: withoutDefault(matchers('Matchers of the inhibiting alert (`source_matchers`).')),
          target: withoutDefault(matchers('Matchers of the inhibited alerts (`target_matchers`).')),
          equal: withoutDefault(matchers('Labels that must be equal in both (`equal`).')),
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
