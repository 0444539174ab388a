// Generated from src/schema/values.ts by `npm run generate`; do not edit.

/**
 * Hours, minutes and seconds in this order, e.g. 1h30m, 15m, 90s.
 */
export type Duration = string;
/**
 * A quantity; null removes the inherited one.
 */
export type QuantityOrNothing = string | number | null;
/**
 * A Kubernetes quantity without exponent, e.g. 500m, 2Gi, 1.5, 2.
 */
export type Quantity = string | number;
/**
 * Key of a label or an annotation: a name of at most 63 characters, with a DNS prefix before a `/` or without.
 */
export type QualifiedName = string;
/**
 * A quantity, or an empty string for none.
 */
export type OptionalQuantity = string | number;
/**
 * A duration, or an empty string for the value that the chart derives.
 */
export type OptionalDuration = string;

/**
 * All values of the chart.
 */
export interface Values {
  /**
   * Values that Helm hands to subcharts; open, because a parent chart puts its own here.
   */
  global: {
    /**
     * What this chart and its subcharts prometheus, alertmanager and grafana must agree on.
     */
    monitoring: {
      /**
       * Namespace of the three servers and of what they mount; it must exist. Empty for the release's own.
       */
      namespace: string;
      /**
       * DNS name under which they are reached from outside; empty for none.
       */
      host: string;
      /**
       * Scheme of their URLs.
       */
      scheme: 'http' | 'https';
      /**
       * Path of each server on the host. Each knows its own and keeps it.
       */
      prefixes: {
        /**
         * Path of Prometheus.
         */
        prometheus: string;
        /**
         * Path of Alertmanager.
         */
        alertmanager: string;
        /**
         * Path of Grafana.
         */
        grafana: string;
      };
      /**
       * Time between two looks at a target, 1s to 1m. A window of an alert holds at least four of them.
       */
      scrapeInterval: Duration;
      /**
       * Name of the release whose servers have plain names (`prometheus`); those of any other begin with its name.
       */
      plainRelease: string;
    };
    [k: string]: unknown;
  };
  /**
   * Condition key for a parent chart; false renders nothing.
   */
  enabled: boolean;
  /**
   * Value of the label `app.kubernetes.io/name`, instead of the chart name.
   */
  nameOverride: string;
  /**
   * Prefix of every name, instead of the release name. `audio-processor` gives the plain names without prefix.
   */
  fullnameOverride: string;
  /**
   * Image of the application; API, workers and beat share it.
   */
  image: {
    /**
     * Registry host with an optional path; empty leaves it to the container runtime.
     */
    registry: string;
    /**
     * Repository inside the registry.
     */
    repository: string;
    /**
     * Tag; empty takes the chart's appVersion.
     */
    tag: string;
    /**
     * Digest that pins the image; the tag stays visible beside it.
     */
    digest: string;
    /**
     * When the node pulls the image.
     */
    pullPolicy: 'IfNotPresent' | 'Always' | 'Never';
    /**
     * Names of the image pull secrets.
     */
    pullSecrets: {
      /**
       * Nothing to set: the name is the key.
       */
      [k: string]: {};
    };
    /**
     * Time a node may need to pull the image; with the startup budget it makes the rollout deadline.
     */
    pullBudget: Duration;
  };
  /**
   * Settings that the application reads, for API, workers and beat.
   */
  app: {
    /**
     * Object storage of inputs and manifests.
     */
    s3: {
      /**
       * URL of the S3 service (S3_ENDPOINT).
       */
      endpoint: string;
      /**
       * Bucket for features and manifests (S3_BUCKET).
       */
      bucket: string;
      /**
       * Region (S3_REGION).
       */
      region: string;
    };
    /**
     * The service that is told about results.
     */
    masterml: {
      /**
       * URL of MasterML (MASTERML_URL).
       */
      url: string;
    };
    /**
     * Log level of the API (LOG_LEVEL); workers have their own.
     */
    logLevel: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';
    /**
     * `json`, or `console` for people (LOG_FORMAT).
     */
    logFormat: 'json' | 'console';
    /**
     * Origins that browsers may call the API from (CORS_ORIGINS), by their URL.
     */
    corsOrigins: {
      /**
       * Nothing to set: the origin is the key.
       */
      [k: string]: {};
    };
    /**
     * Celery application, as `celery -A` takes it.
     */
    celeryApp: string;
    /**
     * Directory in the image that holds the package `src`; it enters PYTHONPATH.
     */
    codeDirectory: string;
    /**
     * true: adds the module `src.async_unified_celery_tasks`, which the application includes and some of its images lack; without it worker and beat end with ModuleNotFoundError. It imports `src.unified_celery_tasks`.
     */
    includeModule: boolean;
    /**
     * Further environment variables of API, workers and beat.
     */
    env: {
      [k: string]: string;
    };
  };
  /**
   * The Secret with the keys of the table above. It must exist: the chart refers to it and never writes it.
   */
  secrets: {
    /**
     * Name of the Secret in the release namespace.
     */
    name: string;
    /**
     * Free text that enters the pod checksums: change it when the Secret changed in place, and the pods that read it restart, the broker apart.
     */
    revision: string;
  };
  /**
   * Message broker and result store. Nothing outside this section restarts the embedded one.
   */
  broker: {
    /**
     * `embedded`: one Valkey in the release. `external`: CELERY_BROKER_URL and CELERY_RESULT_BACKEND of the Secret.
     */
    mode: 'embedded' | 'external';
    /**
     * A broker of your own, under `mode: external`. Its URLs are in the Secret and need no parameters: `rediss://` means TLS that is verified.
     */
    external: {
      /**
       * `host:port` of the broker, or of each Sentinel with commas between, as KEDA reaches it. The processes read their URLs instead.
       */
      address: string;
      /**
       * Number of the database at the end of CELERY_BROKER_URL, for KEDA and the exporter.
       */
      database: number;
      /**
       * TLS to the broker, and to its Sentinels.
       */
      tls: {
        /**
         * Whether every URL must be `rediss://` (or `sentinel://`): a worker with another one ends and says so.
         */
        enabled: boolean;
        /**
         * Whether the certificate must carry the name that was called; false where Sentinels answer with addresses.
         */
        checkHostname: boolean;
        /**
         * Who signed the certificate of the broker.
         */
        ca: {
          /**
           * Secret with the authority's certificate; empty for the authorities of the image.
           */
          secret: string;
          /**
           * Its key.
           */
          key: string;
        };
        /**
         * The certificate that the broker asks for, if it does.
         */
        clientCertificate: {
          /**
           * Secret of the type kubernetes.io/tls; empty for none.
           */
          secret: string;
        };
      };
      /**
       * The master behind Sentinels, for URLs that begin with `sentinel://`.
       */
      sentinel: {
        /**
         * Name under which the Sentinels know the master; empty without Sentinels.
         */
        masterName: string;
        /**
         * Whether the Sentinels ask for the password of the URL as well.
         */
        login: boolean;
      };
    };
    /**
     * Queues whose length is watched beside those of the pools: all that the application publishes to, so that one that no pool reads is seen. null removes one.
     */
    watchedQueues: {
      /**
       * Nothing to set: the name of the queue is the key.
       */
      [k: string]: {} | null;
    };
    /**
     * Image of the embedded broker.
     */
    image: Image;
    /**
     * Names of the image pull secrets of the broker's pod.
     */
    pullSecrets: {
      /**
       * Nothing to set: the name is the key.
       */
      [k: string]: {};
    };
    /**
     * Compute resources of the container.
     */
    resources: Resources;
    /**
     * Share of the memory limit that data may take; the rest is for the rewrite of the append-only file and for buffers.
     */
    maxmemoryPercent: number;
    /**
     * Where the append-only file lives.
     */
    persistence: {
      /**
       * true: a claim that outlives the release. false: emptyDir, lost with the pod.
       */
      enabled: boolean;
      /**
       * Size of the claim, or limit of the emptyDir.
       */
      size: Quantity;
      /**
       * StorageClass of the claim; empty for the cluster default.
       */
      storageClass: string;
      /**
       * Claim of your own, instead of the one that the chart makes.
       */
      existingClaim: string;
    };
    /**
     * Probes; each asks the server for PING.
     */
    probes: {
      /**
       * Covers loading of the append-only file.
       */
      startup: Probe;
      /**
       * Whether clients are sent here.
       */
      readiness: Probe;
      /**
       * A restart stops submissions and results for some seconds, so it is slow to judge.
       */
      liveness: Probe;
    };
    /**
     * Time to write the append-only file and stop.
     */
    grace: Duration;
    /**
     * Where the pod may run.
     */
    scheduling?: Scheduling;
    /**
     * Security context of the broker's pod; the image's own user.
     */
    podSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Security context of the broker's container.
     */
    containerSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Further labels of the broker's pod.
     */
    podLabels: {
      [k: string]: string;
    };
    /**
     * Further annotations of the broker's pod.
     */
    podAnnotations: {
      [k: string]: string;
    };
  };
  /**
   * How a task that a lost worker held comes back.
   */
  delivery: {
    /**
     * `lease`: workers renew what they hold, so that it comes back soon after a worker is lost, and never before. `timeout`: after the pool’s visibility timeout, which is longer than its task limit.
     */
    mode: 'lease' | 'timeout';
    /**
     * `lease` only: time after which the task of a lost worker is back in its queue (at most 100s more), and the longest broker outage that certainly runs no task twice.
     */
    redeliverAfter: Duration;
    /**
     * Deliveries of a task that may end with the death of its worker before it is moved to the list `dead:<queue>`; 0 never moves it.
     */
    maxRedeliveries: number;
  };
  /**
   * The HTTP API.
   */
  api: {
    /**
     * Differences from the root `image`; absent keys inherit it.
     */
    image: {
      /**
       * Registry host with an optional path; empty leaves it to the container runtime.
       */
      registry?: string;
      /**
       * Repository inside the registry.
       */
      repository?: string;
      /**
       * Tag; empty takes the chart's appVersion.
       */
      tag?: string;
      /**
       * Digest that pins the image; the tag stays visible beside it.
       */
      digest?: string;
      /**
       * When the node pulls the image.
       */
      pullPolicy?: 'IfNotPresent' | 'Always' | 'Never';
    };
    /**
     * Command of the API in exec form, instead of the one that the chart builds.
     */
    command: string[];
    /**
     * Port that the API listens on.
     */
    port: number;
    /**
     * Further environment variables of the API; they win over `app.env`.
     */
    env: {
      [k: string]: string;
    };
    /**
     * How many pods run, and who decides it.
     */
    scaling: {
      /**
       * `fixed`: `replicas` as written here. `manual`: the chart never renders `replicas`, so that `kubectl scale` rules. `hpa`: a HorizontalPodAutoscaler, on the container's CPU.
       */
      engine: 'fixed' | 'manual' | 'hpa';
      /**
       * Pods under the engine `fixed`; empty takes `min`.
       */
      replicas: number | string;
      /**
       * Least pods under an autoscaler.
       */
      min: number;
      /**
       * Most pods under an autoscaler.
       */
      max: number;
      /**
       * How fast an autoscaler removes pods.
       */
      scaleDown: {
        /**
         * Time over which the gentlest recommendation counts; at most 1h. 0s follows at once.
         */
        window: Duration;
        /**
         * Share of the pods that may change in one period; 0 for none by share.
         */
        percent: number;
        /**
         * Pods that may change in one period; the larger of the two counts. Both 0: never in this direction.
         */
        pods: number;
        /**
         * Length of the period; at most 30m.
         */
        period: Duration;
      };
      /**
       * How fast an autoscaler adds pods.
       */
      scaleUp: {
        /**
         * Time over which the gentlest recommendation counts; at most 1h. 0s follows at once.
         */
        window: Duration;
        /**
         * Share of the pods that may change in one period; 0 for none by share.
         */
        percent: number;
        /**
         * Pods that may change in one period; the larger of the two counts. Both 0: never in this direction.
         */
        pods: number;
        /**
         * Length of the period; at most 30m.
         */
        period: Duration;
      };
      /**
       * Targets of the engine `hpa`, in percent of what the container requests; what sidecars use does not count.
       */
      hpa: {
        /**
         * CPU; 0 for none.
         */
        cpu: number;
        /**
         * Memory; 0 for none. Python gives memory back late or never, so it rarely scales down again.
         */
        memory: number;
      };
    };
    /**
     * Compute resources of the container.
     */
    resources: Resources;
    /**
     * Sizes of the writable directories (emptyDir); a pod that exceeds one is evicted.
     */
    storage: {
      /**
       * Working directory, where the application leaves its artifacts.
       */
      work: Quantity;
      /**
       * `/tmp`: downloads and extraction; the largest file times the concurrency.
       */
      tmp: Quantity;
      /**
       * Model caches (HF_HOME, TORCH_HOME and others).
       */
      cache: Quantity;
    };
    /**
     * HTTP probes. A broker that is silent holds the event loop for up to 1 s at each submission; where `env` takes AUDIO_PROCESSOR_ROLE away, for about 20 s, and liveness must bear that.
     */
    probes: {
      /**
       * Until the first answer.
       */
      startup: {
        /**
         * Path that is asked.
         */
        path: string;
        /**
         * Time between two looks.
         */
        period: Duration;
        /**
         * Time that one look may take.
         */
        timeout: Duration;
        /**
         * Failed looks in a row until the probe counts as failed.
         */
        failures: number;
      };
      /**
       * Whether the Service sends requests here.
       */
      readiness: {
        /**
         * Path that is asked; `/health` also asks S3 and needs a timeout of at least 12s.
         */
        path: string;
        /**
         * Time between two looks.
         */
        period: Duration;
        /**
         * Time that one look may take.
         */
        timeout: Duration;
        /**
         * Failed looks in a row until the probe counts as failed.
         */
        failures: number;
      };
      /**
       * When to restart.
       */
      liveness: {
        /**
         * Path that is asked; never `/health`.
         */
        path: string;
        /**
         * Time between two looks.
         */
        period: Duration;
        /**
         * Time that one look may take.
         */
        timeout: Duration;
        /**
         * Failed looks in a row until the probe counts as failed.
         */
        failures: number;
      };
    };
    /**
     * Time from the stop request to the kill, `preStopSleep` included.
     */
    grace: Duration;
    /**
     * Time to go on serving while load balancers forget the pod.
     */
    preStopSleep: Duration;
    /**
     * How a rollout replaces pods.
     */
    strategy: {
      /**
       * `RollingUpdate`, or `Recreate` where two generations may not run together.
       */
      type: 'RollingUpdate' | 'Recreate';
      /**
       * Pods above the wanted number during a rolling update: a number or a percentage.
       */
      maxSurge: string | number;
      /**
       * Pods below the wanted number during a rolling update: a number or a percentage.
       */
      maxUnavailable: string | number;
    };
    /**
     * The Service `audio-processor-service`.
     */
    service: {
      /**
       * Port of the Service.
       */
      port: number;
      /**
       * Annotations of the Service.
       */
      annotations: {
        [k: string]: string;
      };
    };
    /**
     * Where the pods may run.
     */
    scheduling: {
      /**
       * Labels that a node must carry.
       */
      nodeSelector: {
        [k: string]: string | null;
      };
      /**
       * Taints that the pods tolerate, by a free name.
       */
      tolerations: {
        [k: string]: {
          [k: string]: unknown;
        } | null;
      };
      /**
       * Preference for a place where no pod of the same workload runs; joins `affinity`.
       */
      antiAffinity: {
        /**
         * Weight beside other preferences; 0 for no preference.
         */
        weight: number;
        /**
         * Label of nodes that says what a place is.
         */
        topologyKey: QualifiedName;
      };
      /**
       * Affinity of the pods.
       */
      affinity: {
        [k: string]: unknown;
      };
      /**
       * Spread of the pods, by a free name; an absent `labelSelector` becomes the workload's own.
       */
      topologySpreadConstraints: {
        [k: string]: {
          [k: string]: unknown;
        } | null;
      };
      /**
       * PriorityClass of the pods; empty for the cluster default.
       */
      priorityClassName: string;
    };
    /**
     * PodDisruptionBudget: how many pods a drain of nodes may take at once. None is made for a single fixed replica.
     */
    disruption: {
      /**
       * Whether there is one.
       */
      enabled: boolean;
      /**
       * Pods that may be missing at once: a number or a percentage, above 0, or no node could ever be drained.
       */
      maxUnavailable: string | number;
      /**
       * `AlwaysAllow`: a pod that is not Ready never holds up a drain. `IfHealthyBudget`: it counts like the others.
       */
      unhealthyPodEvictionPolicy: 'AlwaysAllow' | 'IfHealthyBudget';
    };
    /**
     * Further labels of the pods.
     */
    podLabels: {
      [k: string]: string;
    };
    /**
     * Further annotations of the pods.
     */
    podAnnotations: {
      [k: string]: string;
    };
  };
  /**
   * Celery workers.
   */
  workers: {
    /**
     * What every pool inherits. A pool overrides any leaf; null removes an inherited entry.
     */
    defaults: {
      /**
       * Whether the pool exists.
       */
      enabled: boolean;
      /**
       * Hardware profile, a key of `workers.profiles`, whose leaves come between these defaults and the pool; empty for none.
       */
      profile: string;
      /**
       * What each pod of the pool holds of its node besides processor, memory and disk; set by the pool's profile.
       */
      hardware: {
        /**
         * Device that each pod gets, by the name that its device plugin announces: `nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`, `amd.com/gpu`. Empty for none.
         */
        resource: string;
        /**
         * Devices of one pod.
         */
        count: number;
        /**
         * RuntimeClass of the pods, where the default runtime does not know the device; empty for the default.
         */
        runtimeClassName: string;
        /**
         * Size of /dev/shm, which PyTorch's loaders need; it counts inside the memory limit. Empty leaves the 64Mi of the runtime.
         */
        sharedMemory: OptionalQuantity;
        /**
         * true: the same pool on nodes without the device: no device, runtime class, selector or toleration of the profile, and no card visible.
         */
        cpuFallback: boolean;
      };
      /**
       * Differences from the root `image`; absent keys inherit it.
       */
      image: {
        /**
         * Registry host with an optional path; empty leaves it to the container runtime.
         */
        registry?: string;
        /**
         * Repository inside the registry.
         */
        repository?: string;
        /**
         * Tag; empty takes the chart's appVersion.
         */
        tag?: string;
        /**
         * Digest that pins the image; the tag stays visible beside it.
         */
        digest?: string;
        /**
         * When the node pulls the image.
         */
        pullPolicy?: 'IfNotPresent' | 'Always' | 'Never';
      };
      /**
       * Command of the worker in exec form, instead of the one that the chart builds.
       */
      command: string[];
      /**
       * Queues that the pool consumes, by name.
       */
      queues: {
        /**
         * Nothing to set: the name of the queue is the key.
         */
        [k: string]: {} | null;
      };
      /**
       * Processes that run tasks in one pod.
       */
      concurrency: number;
      /**
       * Hard limit of one task. The pool's grace period, drain and visibility timeout follow from it.
       */
      taskLimit: Duration;
      /**
       * Time above which a task counts as slow, one of the steps in which times are counted, as 10m or 1h; empty takes `monitoring.alerts.SlowProcessing.threshold`.
       */
      slowAfter: OptionalDuration;
      /**
       * How long before the hard limit the task is told to stop.
       */
      softLimitMargin: Duration;
      /**
       * Tasks after which a process is replaced by a fresh one.
       */
      maxTasksPerChild: number;
      /**
       * Age at which an unacknowledged task goes back to its queue where no lease is held (`delivery.mode: timeout`, or a Celery that the lease does not know); empty derives 1.5 × the task limit, at least the limit + 10m.
       */
      visibilityTimeout: OptionalDuration;
      /**
       * What happens to running tasks when a pod has to go.
       */
      drain: {
        /**
         * `finish`: they may run to their limit. `requeue`: they have `within`, then they go back to their queue at once.
         */
        mode: 'finish' | 'requeue';
        /**
         * Time that running tasks get to finish. `finish`: empty takes the task limit, and no less is accepted. `requeue`: empty takes 5m. The grace period follows.
         */
        within: OptionalDuration;
      };
      /**
       * Log level of the worker.
       */
      logLevel: 'debug' | 'info' | 'warning' | 'error' | 'critical';
      /**
       * Further environment variables of the worker; they win over `app.env`.
       */
      env: {
        [k: string]: string | null;
      };
      /**
       * How many pods run, and who decides it.
       */
      scaling: {
        /**
         * `fixed`: `replicas` as written here. `manual`: the chart never renders `replicas`, so that `kubectl scale` rules. `hpa`: a HorizontalPodAutoscaler, on the container's CPU. `keda`: KEDA, on queued and running tasks; alone reaches zero.
         */
        engine: 'fixed' | 'manual' | 'hpa' | 'keda';
        /**
         * Pods under the engine `fixed`; empty takes `min`.
         */
        replicas: number | string;
        /**
         * Least pods under an autoscaler.
         */
        min: number;
        /**
         * Most pods under an autoscaler.
         */
        max: number;
        /**
         * How fast an autoscaler removes pods.
         */
        scaleDown: {
          /**
           * Time over which the gentlest recommendation counts; at most 1h. 0s follows at once.
           */
          window: Duration;
          /**
           * Share of the pods that may change in one period; 0 for none by share.
           */
          percent: number;
          /**
           * Pods that may change in one period; the larger of the two counts. Both 0: never in this direction.
           */
          pods: number;
          /**
           * Length of the period; at most 30m.
           */
          period: Duration;
        };
        /**
         * How fast an autoscaler adds pods.
         */
        scaleUp: {
          /**
           * Time over which the gentlest recommendation counts; at most 1h. 0s follows at once.
           */
          window: Duration;
          /**
           * Share of the pods that may change in one period; 0 for none by share.
           */
          percent: number;
          /**
           * Pods that may change in one period; the larger of the two counts. Both 0: never in this direction.
           */
          pods: number;
          /**
           * Length of the period; at most 30m.
           */
          period: Duration;
        };
        /**
         * Targets of the engine `hpa`, in percent of what the container requests; what sidecars use does not count.
         */
        hpa: {
          /**
           * CPU; 0 for none.
           */
          cpu: number;
          /**
           * Memory; 0 for none. Python gives memory back late or never, so it rarely scales down again.
           */
          memory: number;
        };
        /**
         * The engine `keda`: it counts what waits in the queues and what is running.
         */
        keda: {
          /**
           * Tasks for each pod; empty takes the pool's `concurrency`.
           */
          target: number | string;
          /**
           * Time between two looks at the broker while no pod runs, and for the activity of the pool.
           */
          pollingInterval: Duration;
          /**
           * With `min: 0`: time without any task, or since KEDA took over, until the last pod goes.
           */
          cooldown: Duration;
          /**
           * While KEDA cannot read the broker; running pods are never taken away then.
           */
          fallback: {
            /**
             * Failed looks in a row until this holds.
             */
            failures: number;
            /**
             * Pods that run at least, even in a pool at 0; 0 keeps exactly those that run.
             */
            replicas: number;
          };
        };
      };
      /**
       * Compute resources of the container.
       */
      resources: {
        /**
         * What the scheduler reserves, by resource name.
         */
        requests: {
          [k: string]: QuantityOrNothing;
        };
        /**
         * What the container may not exceed, by resource name.
         */
        limits: {
          [k: string]: QuantityOrNothing;
        };
      };
      /**
       * Sizes of the writable directories (emptyDir); a pod that exceeds one is evicted.
       */
      storage: {
        /**
         * Working directory, where the application leaves its artifacts.
         */
        work: Quantity;
        /**
         * `/tmp`: downloads and extraction; the largest file times the concurrency.
         */
        tmp: Quantity;
        /**
         * Model caches (HF_HOME, TORCH_HOME and others).
         */
        cache: Quantity;
      };
      /**
       * Probes on files that the worker touches; none of them asks the broker.
       */
      probes: {
        /**
         * Until the worker consumes.
         */
        startup: {
          /**
           * Time between two looks.
           */
          period: Duration;
          /**
           * Time that one look may take.
           */
          timeout: Duration;
          /**
           * Failed looks in a row until the probe counts as failed.
           */
          failures: number;
        };
        /**
         * Whether the worker consumes.
         */
        readiness: {
          /**
           * Time between two looks.
           */
          period: Duration;
          /**
           * Time that one look may take.
           */
          timeout: Duration;
          /**
           * Failed looks in a row until the probe counts as failed.
           */
          failures: number;
        };
        /**
         * When to restart a wedged worker.
         */
        liveness: {
          /**
           * Age of the heartbeat that counts as failed; longer than any broker outage to survive.
           */
          maxAge: Duration;
          /**
           * Time to stop after a failed look, instead of the whole grace period.
           */
          grace: Duration;
          /**
           * Time between two looks.
           */
          period: Duration;
          /**
           * Time that one look may take.
           */
          timeout: Duration;
          /**
           * Failed looks in a row until the probe counts as failed.
           */
          failures: number;
        };
      };
      /**
       * Sidecar that serves the metrics of all processes of one worker under `/metrics`; the worker itself has no HTTP server.
       */
      metrics: {
        /**
         * Whether the pods have it.
         */
        enabled: boolean;
        /**
         * Port of the sidecar; its name is `metrics`.
         */
        port: number;
        /**
         * Limit of the files that the processes count in; they lie in memory, inside the worker's limit.
         */
        size: Quantity;
        /**
         * Compute resources of the container.
         */
        resources: {
          /**
           * What the scheduler reserves, by resource name.
           */
          requests: {
            [k: string]: QuantityOrNothing;
          };
          /**
           * What the container may not exceed, by resource name.
           */
          limits: {
            [k: string]: QuantityOrNothing;
          };
        };
      };
      /**
       * How a rollout replaces pods.
       */
      strategy: {
        /**
         * `RollingUpdate`, or `Recreate` where two generations may not run together.
         */
        type: 'RollingUpdate' | 'Recreate';
        /**
         * Pods above the wanted number during a rolling update: a number or a percentage; empty takes 25%, or 0 where a new pod waits for the device of an old one.
         */
        maxSurge: string | number;
        /**
         * Pods below the wanted number during a rolling update: a number or a percentage; empty takes 1 where `maxSurge` is 0, and else 0.
         */
        maxUnavailable: string | number;
      };
      /**
       * Where the pods may run.
       */
      scheduling: {
        /**
         * Labels that a node must carry.
         */
        nodeSelector: {
          [k: string]: string | null;
        };
        /**
         * Taints that the pods tolerate, by a free name.
         */
        tolerations: {
          [k: string]: {
            [k: string]: unknown;
          } | null;
        };
        /**
         * Preference for a place where no pod of the same workload runs; joins `affinity`.
         */
        antiAffinity: {
          /**
           * Weight beside other preferences; 0 for no preference.
           */
          weight: number;
          /**
           * Label of nodes that says what a place is.
           */
          topologyKey: QualifiedName;
        };
        /**
         * Affinity of the pods.
         */
        affinity: {
          [k: string]: unknown;
        };
        /**
         * Spread of the pods, by a free name; an absent `labelSelector` becomes the workload's own.
         */
        topologySpreadConstraints: {
          [k: string]: {
            [k: string]: unknown;
          } | null;
        };
        /**
         * PriorityClass of the pods; empty for the cluster default.
         */
        priorityClassName: string;
      };
      /**
       * PodDisruptionBudget: how many pods a drain of nodes may take at once. None is made for a single fixed replica.
       */
      disruption: {
        /**
         * Whether there is one.
         */
        enabled: boolean;
        /**
         * Pods that may be missing at once: a number or a percentage, above 0, or no node could ever be drained.
         */
        maxUnavailable: string | number;
        /**
         * `AlwaysAllow`: a pod that is not Ready never holds up a drain. `IfHealthyBudget`: it counts like the others.
         */
        unhealthyPodEvictionPolicy: 'AlwaysAllow' | 'IfHealthyBudget';
      };
      /**
       * Further labels of the pods.
       */
      podLabels: {
        [k: string]: string | null;
      };
      /**
       * Further annotations of the pods.
       */
      podAnnotations: {
        [k: string]: string | null;
      };
    };
    /**
     * Kinds of hardware by name, for `profile` of a pool. Order of inheritance: `workers.defaults`, profile, pool.
     */
    profiles: {
      [k: string]: Profile;
    };
    /**
     * Worker pools by name: `cpu` makes the Deployment `audio-worker`, any other `audio-<name>-worker`.
     */
    pools: {
      [k: string]: Pool;
    };
  };
  /**
   * Celery beat: sends the application's periodic tasks. Exactly one pod, replaced only after the old one is gone.
   */
  beat: {
    /**
     * Whether beat runs. Without it nothing periodic happens; the API does not need it.
     */
    enabled: boolean;
    /**
     * Differences from the root `image`; absent keys inherit it.
     */
    image: {
      /**
       * Registry host with an optional path; empty leaves it to the container runtime.
       */
      registry?: string;
      /**
       * Repository inside the registry.
       */
      repository?: string;
      /**
       * Tag; empty takes the chart's appVersion.
       */
      tag?: string;
      /**
       * Digest that pins the image; the tag stays visible beside it.
       */
      digest?: string;
      /**
       * When the node pulls the image.
       */
      pullPolicy?: 'IfNotPresent' | 'Always' | 'Never';
    };
    /**
     * Command of beat in exec form, instead of the one that the chart builds.
     */
    command: string[];
    /**
     * Log level of beat.
     */
    logLevel: 'debug' | 'info' | 'warning' | 'error' | 'critical';
    /**
     * Further environment variables of beat; they win over `app.env`.
     */
    env: {
      [k: string]: string;
    };
    /**
     * Compute resources of the container.
     */
    resources: Resources;
    /**
     * Sizes of the writable directories (emptyDir); a pod that exceeds one is evicted.
     */
    storage: {
      /**
       * Working directory, where the application leaves its artifacts.
       */
      work: Quantity;
      /**
       * `/tmp`: downloads and extraction; the largest file times the concurrency.
       */
      tmp: Quantity;
      /**
       * Model caches (HF_HOME, TORCH_HOME and others).
       */
      cache: Quantity;
    };
    /**
     * Probes on files that beat touches; none of them asks the broker.
     */
    probes: {
      /**
       * Until beat has its schedule: it imports all of the application's tasks first.
       */
      startup: Probe;
      /**
       * The same; a rollout waits for it.
       */
      readiness: Probe;
      /**
       * When to restart a beat that hangs.
       */
      liveness: {
        /**
         * Age of the heartbeat file that counts as failed. Beat touches it every minute at least.
         */
        maxAge: Duration;
        /**
         * Time between two looks.
         */
        period: Duration;
        /**
         * Time that one look may take.
         */
        timeout: Duration;
        /**
         * Failed looks in a row until the probe counts as failed.
         */
        failures: number;
      };
    };
    /**
     * Time to write the schedule and stop.
     */
    grace: Duration;
    /**
     * Where the pod may run.
     */
    scheduling?: Scheduling;
    /**
     * Further labels of the pod.
     */
    podLabels: {
      [k: string]: string;
    };
    /**
     * Further annotations of the pod.
     */
    podAnnotations: {
      [k: string]: string;
    };
  };
  /**
   * Flower: a web page on workers and tasks, behind FLOWER_BASIC_AUTH of the Secret. Below Flower 2.2.0 a link can make the browser of a logged-in user stop workers and revoke tasks (CVE-2022-51020): keep it off, or off public networks, or bring a newer image.
   */
  flower: {
    /**
     * Whether Flower runs.
     */
    enabled: boolean;
    /**
     * Differences from the root `image`; absent keys inherit it.
     */
    image: {
      /**
       * Registry host with an optional path; empty leaves it to the container runtime.
       */
      registry?: string;
      /**
       * Repository inside the registry.
       */
      repository?: string;
      /**
       * Tag; empty takes the chart's appVersion.
       */
      tag?: string;
      /**
       * Digest that pins the image; the tag stays visible beside it.
       */
      digest?: string;
      /**
       * When the node pulls the image.
       */
      pullPolicy?: 'IfNotPresent' | 'Always' | 'Never';
    };
    /**
     * Command of Flower in exec form, instead of the one that the chart builds.
     */
    command: string[];
    /**
     * Tasks that it remembers; its memory grows with them.
     */
    maxTasks: number;
    /**
     * When a worker that went away leaves the list.
     */
    forgetWorkersAfter: Duration;
    /**
     * Further environment variables of Flower; `FLOWER_<OPTION>` sets an option. `app.env` does not reach it.
     */
    env: {
      [k: string]: string;
    };
    /**
     * Compute resources of the container.
     */
    resources: Resources;
    /**
     * Size of `/tmp`, all that it can write to.
     */
    tmp: Quantity;
    /**
     * HTTP probes on its health check, which needs no credentials and no broker.
     */
    probes: {
      /**
       * Until the first answer.
       */
      startup: Probe;
      /**
       * Whether the Service sends requests here.
       */
      readiness: Probe;
      /**
       * When to restart.
       */
      liveness: Probe;
    };
    /**
     * Time to stop.
     */
    grace: Duration;
    /**
     * The Service `flower-service`.
     */
    service: {
      /**
       * Port of the Service.
       */
      port: number;
      /**
       * Annotations of the Service.
       */
      annotations: {
        [k: string]: string;
      };
    };
    /**
     * Where the pod may run.
     */
    scheduling?: Scheduling;
    /**
     * Further labels of the pod.
     */
    podLabels: {
      [k: string]: string;
    };
    /**
     * Further annotations of the pod.
     */
    podAnnotations: {
      [k: string]: string;
    };
  };
  /**
   * Model files: where they are kept, and how they get there.
   */
  models: {
    /**
     * The folder /cache of API and workers, which HF_HOME, TORCH_HOME and others name.
     */
    cache: {
      /**
       * `emptyDir`: each pod has its own, as large as its `storage.cache`, and loses it. `claim`: one volume for all of them.
       */
      type: 'emptyDir' | 'claim';
      /**
       * Size of the claim that the chart makes.
       */
      size: Quantity;
      /**
       * StorageClass of that claim; empty for the cluster default.
       */
      storageClass: string;
      /**
       * `ReadWriteMany`: pods on all nodes. `ReadWriteOnce`: every pod of API and workers has to fit on one node.
       */
      accessMode: 'ReadWriteMany' | 'ReadWriteOnce';
      /**
       * Claim of your own, instead of the one that the chart makes.
       */
      existingClaim: string;
      /**
       * Whether API and workers may only read the claim; then the prefetch Job alone, or you, fill it.
       */
      readOnly: boolean;
    };
    /**
     * true: the Hugging Face libraries ask nobody (HF_HUB_OFFLINE, TRANSFORMERS_OFFLINE) and take only what the cache holds.
     */
    offline: boolean;
    /**
     * A Job that fills the claim with your command, in the application's image. Another command, image or setting makes another Job.
     */
    prefetch: {
      /**
       * Whether there is the Job.
       */
      enabled: boolean;
      /**
       * Command of the Job in exec form; it ends with 0 when all models are under /cache.
       */
      command: string[];
      /**
       * Environment variables of the Job; they win over `app.env`. HF_TOKEN comes from the Secret.
       */
      env: {
        [k: string]: string;
      };
      /**
       * Time for all attempts together. Under `models.offline` workers wait for the models, and so does their rollout.
       */
      deadline: Duration;
      /**
       * Attempts after the first.
       */
      retries: number;
      /**
       * Size of `/tmp`, the only other place that the Job can write to (emptyDir).
       */
      tmp: Quantity;
      /**
       * Compute resources of the container.
       */
      resources: {
        /**
         * What the scheduler reserves, by resource name.
         */
        requests: {
          [k: string]: QuantityOrNothing;
        };
        /**
         * What the container may not exceed, by resource name.
         */
        limits: {
          [k: string]: QuantityOrNothing;
        };
      };
      /**
       * Where the pod may run.
       */
      scheduling?: Scheduling;
    };
  };
  /**
   * How the service is reached from outside of the cluster. Nothing is, until a host and a Gateway or an Ingress are set.
   */
  routing: {
    /**
     * DNS name under which the service is reached; empty for no route at all.
     */
    host: string;
    /**
     * Scheme of the URLs that are printed; empty takes `http` for an Ingress without TLS, otherwise `https`.
     */
    scheme: string;
    /**
     * Where the components are on the host. No path may lie below another.
     */
    paths: {
      /**
       * Path of the API, which sees its requests without it; `/` is the whole host.
       */
      api: string;
      /**
       * Path of Flower, which knows it and keeps it.
       */
      flower: string;
    };
    /**
     * What is reachable from outside besides the API.
     */
    public: {
      /**
       * Whether Flower is, too. Flower before 2.2 takes a forged request of a logged-in user (CVE-2022-51020).
       */
      flower: boolean;
      /**
       * Whether the metrics of the API and of Flower are, too.
       */
      metrics: boolean;
    };
    /**
     * Addresses or networks (CIDR) of the Gateway or Ingress controller. Only these may say which client asks; the rate limit counts by client.
     */
    trustedProxies: {
      /**
       * Nothing to set: the network is the key.
       */
      [k: string]: {};
    };
    /**
     * Gateway API: one HTTPRoute. TLS belongs to the listeners of the Gateway.
     */
    gateway: {
      /**
       * Gateways that take the HTTPRoute, by name; at least one makes the route.
       */
      parentRefs: {
        /**
         * A Gateway to attach to. The key is its name; every field may be absent.
         */
        [k: string]: {
          /**
           * Name of the Gateway, where the key is a free name: two listeners of one Gateway.
           */
          name?: string;
          /**
           * Namespace of the Gateway; absent for the release's own.
           */
          namespace?: string;
          /**
           * Kind of the parent.
           */
          kind?: 'Gateway' | 'ListenerSet';
          /**
           * Listener of the Gateway; absent for all that admit the route.
           */
          sectionName?: string;
          /**
           * Port of the listeners to attach to; absent for all.
           */
          port?: number;
        };
      };
      /**
       * Longest time of one request, an extended feature of Gateway API; empty leaves it to the Gateway (Envoy's own is 15s).
       */
      requestTimeout: OptionalDuration;
      /**
       * Annotations of the HTTPRoute.
       */
      annotations: {
        [k: string]: string;
      };
    };
    /**
     * Ingress, for clusters without Gateway API. A plain Ingress cannot strip a path: there the API takes `/`.
     */
    ingress: {
      /**
       * Whether there is an Ingress.
       */
      enabled: boolean;
      /**
       * IngressClass; empty for the cluster default.
       */
      className: string;
      /**
       * What the controller needs to strip a path. `traefik`: Middlewares. `haproxy`: annotations of HAProxy Technologies. `plain`: nothing.
       */
      preset: 'plain' | 'traefik' | 'haproxy';
      /**
       * Annotations of every Ingress, that of `monitoring.public` as well.
       */
      annotations: {
        [k: string]: string;
      };
      /**
       * TLS of the Ingress: a Secret of yours, or one that cert-manager fills.
       */
      tls: {
        /**
         * Secret with `tls.crt` and `tls.key`; it must exist, or something else makes it.
         */
        secret: string;
        /**
         * Issuer of cert-manager; the chart makes the Certificates.
         */
        issuer: {
          /**
           * Name of the issuer; empty for no Certificate.
           */
          name: string;
          /**
           * Kind of the issuer.
           */
          kind: string;
          /**
           * API group of the issuer.
           */
          group: string;
        };
      };
    };
  };
  /**
   * Identity and rights of the application's pods.
   */
  security: {
    /**
     * ServiceAccount of the application's pods; its token is never mounted: the application does not talk to Kubernetes.
     */
    serviceAccount: {
      /**
       * Whether the chart makes it.
       */
      create: boolean;
      /**
       * Its name; empty for `ml-service-sa` (with the release prefix), or `default` if it is not made.
       */
      name: string;
      /**
       * Annotations of the ServiceAccount.
       */
      annotations: {
        [k: string]: string;
      };
    };
    /**
     * Security context of the pods.
     */
    podSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Security context of the containers.
     */
    containerSecurityContext: {
      [k: string]: unknown;
    };
  };
  /**
   * What is watched: scrape jobs, rules, dashboards. They exist with `prometheus.enabled` or `monitoring.operator.enabled`.
   */
  monitoring: {
    /**
     * Objects for a Prometheus Operator that is already in the cluster.
     */
    operator: {
      /**
       * Whether there are any. Who is told is `alertmanager.notifications` with `routes`, `inhibitions`, `groupWait` and `groupInterval`, without `alertmanager.enabled`: they become an AlertmanagerConfig, which takes keys of `alertmanager.existingSecret` from the namespace of the release.
       */
      enabled: boolean;
      /**
       * Labels of these objects, by which the operator's Prometheus selects them; with kube-prometheus-stack `release: <its release>`.
       */
      labels: {
        [k: string]: string;
      };
    };
    /**
     * Which servers have a route from outside, on `global.monitoring.host`, by what routes the service: the Gateways of `routing.gateway`, the Ingress of `routing.ingress`. Prometheus and Alertmanager need a password before them.
     */
    public: {
      /**
       * Whether Prometheus has one.
       */
      prometheus: boolean;
      /**
       * Whether Alertmanager has one.
       */
      alertmanager: boolean;
      /**
       * Whether Grafana has one; it asks for its own login.
       */
      grafana: boolean;
    };
    /**
     * TLS of the Ingress of these servers; that of a Gateway belongs to its listeners.
     */
    tls: {
      /**
       * Secret with `tls.crt` and `tls.key` in the namespace of the servers. Empty for one that `routing.ingress.tls.issuer` fills, if there is an issuer.
       */
      secret: string;
    };
    /**
     * URL of the folder with a page `<Alert>.md` for each alert; without it alerts name the page alone.
     */
    runbooks: string;
    /**
     * Grafana's dashboards.
     */
    dashboards: {
      /**
       * Whether they are made, for the bundled Grafana and for the one beside a Prometheus Operator. One copy shows every release that its Prometheus knows.
       */
      enabled: boolean;
      /**
       * Labels by which the sidecar of a Grafana beside a Prometheus Operator finds them; the bundled one needs none.
       */
      labels: {
        [k: string]: string;
      };
      /**
       * Folder in a Grafana beside a Prometheus Operator: its annotation `grafana_folder`; empty for none.
       */
      folder: string;
    };
    /**
     * Alerts by name. Expressions and texts are in `files/alerts/<Name>.yaml`.
     */
    alerts: {
      /**
       * Fires when the API answers too many requests with 5xx.
       */
      ApiErrorRateHigh: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Failed requests as a share of all requests.
         */
        threshold: number;
        /**
         * Time range over which requests are counted.
         */
        window: Duration;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when the broker's memory is nearly full.
       */
      BrokerMemoryHigh: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Used memory as a share of the broker's `maxmemory`.
         */
        threshold: number;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when a container is short of CPU.
       */
      CpuHigh: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * CPU usage as a share of the limit.
         */
        threshold: number;
        /**
         * Throttled CFS periods as a share of all periods, for pools with an autoscaler, which keeps their usage near its target.
         */
        throttled: number;
        /**
         * Time range over which usage and throttling are averaged.
         */
        window: Duration;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when an extractor fails too often.
       */
      ExtractorSuccessRateLow: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Minimum share of successful runs.
         */
        threshold: number;
        /**
         * Time range over which runs are counted.
         */
        window: Duration;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when the memory of a GPU is nearly full.
       */
      GpuMemoryHigh: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Used memory as a share of the GPU's memory.
         */
        threshold: number;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when a container is near its memory limit.
       */
      MemoryHigh: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Used memory as a share of the limit.
         */
        threshold: number;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when tasks wait and their pool starts none.
       */
      PoolStalled: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Time for which tasks must have been waiting while none was started.
         */
        window: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when tasks wait in a queue that no worker consumes.
       */
      QueueWithoutConsumer: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Tasks in the queue.
         */
        threshold: number;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when an autoscaled pool runs at its maximum and tasks still wait.
       */
      ScaleStuckAtMax: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when no pod of the API or of a pool answers, when the broker does not answer, or when no worker in the pool sent a heartbeat within the window.
       */
      ServiceUnavailable: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Time range within which a worker of the pool must send a heartbeat.
         */
        window: Duration;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when the slowest 5% of the tasks of a pool take too long.
       */
      SlowProcessing: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Duration of a task. It must be a boundary of `monitoring.taskDurationBuckets`; a pool's `slowAfter` overrides it.
         */
        threshold: Duration;
        /**
         * Time range over which tasks are counted.
         */
        window: Duration;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when Prometheus cannot scrape a target.
       */
      TargetMissing: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when too many tasks wait in a queue.
       */
      TaskQueueBacklog: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Tasks in one queue.
         */
        threshold: number;
        /**
         * How long the expression must be true before the alert fires (`for`).
         */
        for: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when a task was redelivered because its worker or process died.
       */
      TaskRedelivered: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Redeliveries of one queue within the window.
         */
        threshold: number;
        /**
         * Time range over which redeliveries are counted.
         */
        window: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires always; if it stops arriving, no other alert would arrive either.
       */
      Watchdog: {
        /**
         * Whether the alert is rendered.
         */
        enabled: boolean;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
    };
    /**
     * redis_exporter: lengths of queues, tasks in flight, memory and clients of the broker. It is a pod of its own, so that nothing of it restarts the broker.
     */
    brokerExporter: {
      /**
       * Whether it runs where something watches.
       */
      enabled: boolean;
      /**
       * Image of the exporter.
       */
      image: Image;
      /**
       * URL of an external broker without password, where the exporter cannot use CELERY_BROKER_URL: behind Sentinels the address of the master, and a name that the certificate carries. The password is REDIS_PASSWORD of the Secret then.
       */
      address: string;
      /**
       * Compute resources of the container.
       */
      resources: Resources;
      /**
       * Where the pod may run.
       */
      scheduling?: Scheduling;
      /**
       * Further labels of the pod.
       */
      podLabels: {
        [k: string]: string;
      };
      /**
       * Further annotations of the pod.
       */
      podAnnotations: {
        [k: string]: string;
      };
    };
    /**
     * CPU and memory of containers, from the kubelets, for the bundled Prometheus. It may then read the metrics of all nodes, which takes a ClusterRole.
     */
    nodes: {
      /**
       * Whether they are read; without them CpuHigh and MemoryHigh are silent.
       */
      enabled: boolean;
      /**
       * Whether a kubelet's certificate must be signed by the cluster's authority; most kubelets sign their own.
       */
      verifyCertificates: boolean;
    };
    /**
     * Cards, from a DCGM exporter that is already in the cluster, as NVIDIA's GPU operator installs it. The bundled Prometheus gets a Role in its namespace.
     */
    gpu: {
      /**
       * Whether it is scraped; leave it off where another job of the same Prometheus does.
       */
      enabled: boolean;
      /**
       * Namespace of the exporter.
       */
      namespace: string;
      /**
       * Labels of the exporter's pods.
       */
      selector: {
        [k: string]: string;
      };
      /**
       * Port of the exporter's container.
       */
      port: number;
      /**
       * Whether its labels `namespace`, `pod` and `container` win: they say who uses the card. false where the operator forbids it; the rules know both.
       */
      honorLabels: boolean;
    };
  };
  /**
   * The subchart `prometheus`: one Prometheus, for evaluation and small clusters.
   */
  prometheus: {
    /**
     * Whether the bundled Prometheus is installed.
     */
    enabled: boolean;
    /**
     * How long samples are kept; what comes first ends them.
     */
    retention: {
      /**
       * Age, in hours, days or weeks.
       */
      time: string;
      /**
       * Share of `persistence.size` that samples may take, in percent.
       */
      percent: number;
    };
    /**
     * Time between two evaluations of the rules, 1s to 1m.
     */
    evaluationInterval: Duration;
    /**
     * Labels of everything that leaves this Prometheus, alerts among it.
     */
    externalLabels: {
      [k: string]: string;
    };
    /**
     * ConfigMaps of your own in the namespace of the server. Each key that ends with `.yaml` is a file as Prometheus has it, read beside those of the chart, and again when it changes.
     */
    extraFiles: {
      /**
       * With further jobs: `scrape_configs`.
       */
      scrape: string;
      /**
       * With further rules: `groups`.
       */
      rules: string;
    };
    /**
     * Password of Prometheus, which has none by itself.
     */
    auth: {
      /**
       * Secret with `web.yml` (the server's `--web.config.file`, with `basic_auth_users`) and one of these users as `username` and `password`, for the probes and the other servers. Empty for none.
       */
      existingSecret: string;
      /**
       * Whether something before the server asks for a password; allows its route without `existingSecret`.
       */
      external: boolean;
    };
    /**
     * The Alertmanager that alerts go to.
     */
    alertmanager: {
      /**
       * Secret with `username` and `password` of it; empty where it asks for none.
       */
      existingSecret: string;
    };
    /**
     * Name of the server and beginning of the names around it, instead of the chart’s own.
     */
    fullnameOverride: string;
    /**
     * Image of the server.
     */
    image: Image;
    /**
     * Names of the image pull secrets.
     */
    pullSecrets: {
      /**
       * Nothing to set: the name is the key.
       */
      [k: string]: {};
    };
    /**
     * Compute resources of the container.
     */
    resources: Resources;
    /**
     * Where the data lives.
     */
    persistence: ServerPersistence;
    /**
     * Time to write what is in memory, and stop.
     */
    grace: Duration;
    /**
     * The Service.
     */
    service: ServerService;
    /**
     * Where the pod may run.
     */
    scheduling?: Scheduling;
    /**
     * Security context of the pod.
     */
    podSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Security context of the container.
     */
    containerSecurityContext?: ContainerSecurity;
    /**
     * Further labels of the pod.
     */
    podLabels: {
      [k: string]: string;
    };
    /**
     * Further annotations of the pod.
     */
    podAnnotations: {
      [k: string]: string;
    };
  };
  /**
   * The subchart `alertmanager`: one Alertmanager, for evaluation and small clusters.
   */
  alertmanager: {
    /**
     * Whether the bundled Alertmanager is installed.
     */
    enabled: boolean;
    /**
     * How long silences, and what was told, are remembered.
     */
    retention: Duration;
    /**
     * Secret with the keys that `notifications` name.
     */
    existingSecret: string;
    /**
     * Ways to tell somebody. What is secret in them are keys of the Secret `existingSecret`, read as files.
     */
    notifications: {
      /**
       * Slack, by the key `SLACK_WEBHOOK_URL`.
       */
      slack: {
        /**
         * Whether it is used.
         */
        enabled: boolean;
        /**
         * Channel, where the webhook lets one choose; empty for its own.
         */
        channel: string;
      };
      /**
       * E-mail, with the key `ALERTMANAGER_SMTP_PASSWORD`.
       */
      email: {
        /**
         * Whether it is used.
         */
        enabled: boolean;
        /**
         * Addresses, with commas between.
         */
        to: string;
        /**
         * Sender.
         */
        from: string;
        /**
         * `host:port` of the mail server.
         */
        smarthost: string;
        /**
         * User of the mail server, who is no secret: Alertmanager cannot read it from a file. Empty for no login.
         */
        username: string;
        /**
         * Whether the connection must be encrypted.
         */
        requireTls: boolean;
      };
      /**
       * A webhook of your own, by the key `ALERTMANAGER_WEBHOOK_URL`.
       */
      webhook: {
        /**
         * Whether it is used.
         */
        enabled: boolean;
      };
      /**
       * PagerDuty, by the key `PAGERDUTY_ROUTING_KEY`.
       */
      pagerduty: {
        /**
         * Whether it is used.
         */
        enabled: boolean;
      };
      /**
       * A webhook that is called as long as the alert `Watchdog` arrives, by the key `ALERTMANAGER_HEARTBEAT_URL`.
       */
      heartbeat: {
        /**
         * Whether it is used; without it nobody is told of `Watchdog`.
         */
        enabled: boolean;
        /**
         * Time between two calls, at least 1s.
         */
        interval: Duration;
      };
    };
    /**
     * Time to wait for further alerts of a group, and for what silences them.
     */
    groupWait: Duration;
    /**
     * Time until a change of a group is told, at least 1s.
     */
    groupInterval: Duration;
    /**
     * Who is told of which severity.
     */
    routes: {
      /**
       * Alerts that cannot wait.
       */
      critical: SeverityRoute;
      /**
       * Alerts that can; those without a severity as well.
       */
      warning: SeverityRoute;
    };
    /**
     * While an alert of `source` fires, those of `target` with equal labels are not told; by a free name. null removes one.
     */
    inhibitions: {
      /**
       * Matchers of the two sides.
       */
      [k: string]: {
        /**
         * Matchers of the alert that silences.
         */
        source: string[];
        /**
         * Matchers of those that are silenced.
         */
        target: string[];
        /**
         * Labels that both must share.
         */
        equal: string[];
      } | null;
    };
    /**
     * Password of Alertmanager, which has none by itself.
     */
    auth: {
      /**
       * Secret with `web.yml` (the server's `--web.config.file`, with `basic_auth_users`) and one of these users as `username` and `password`, for the probes and the other servers. Empty for none.
       */
      existingSecret: string;
      /**
       * Whether something before the server asks for a password; allows its route without `existingSecret`.
       */
      external: boolean;
    };
    /**
     * Name of the server and beginning of the names around it, instead of the chart’s own.
     */
    fullnameOverride: string;
    /**
     * Image of the server.
     */
    image: Image;
    /**
     * Names of the image pull secrets.
     */
    pullSecrets: {
      /**
       * Nothing to set: the name is the key.
       */
      [k: string]: {};
    };
    /**
     * Compute resources of the container.
     */
    resources: Resources;
    /**
     * Where the data lives.
     */
    persistence: ServerPersistence;
    /**
     * Time to write what is in memory, and stop.
     */
    grace: Duration;
    /**
     * The Service.
     */
    service: ServerService;
    /**
     * Where the pod may run.
     */
    scheduling?: Scheduling;
    /**
     * Security context of the pod.
     */
    podSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Security context of the container.
     */
    containerSecurityContext?: ContainerSecurity;
    /**
     * Further labels of the pod.
     */
    podLabels: {
      [k: string]: string;
    };
    /**
     * Further annotations of the pod.
     */
    podAnnotations: {
      [k: string]: string;
    };
  };
  /**
   * The subchart `grafana`: one Grafana, for evaluation and small clusters.
   */
  grafana: {
    /**
     * Whether the bundled Grafana is installed.
     */
    enabled: boolean;
    /**
     * The first user.
     */
    admin: {
      /**
       * Secret with the keys `GRAFANA_ADMIN_USER` and `GRAFANA_ADMIN_PASSWORD`. A database that is kept has its own password after the first start.
       */
      existingSecret: string;
    };
    /**
     * The Prometheus that dashboards ask.
     */
    datasource: {
      /**
       * Its URL, without credentials; empty for the one of this release.
       */
      url: string;
      /**
       * Secret with `username` and `password` of it; empty where it asks for none.
       */
      existingSecret: string;
    };
    /**
     * Name of the server and beginning of the names around it, instead of the chart’s own.
     */
    fullnameOverride: string;
    /**
     * Image of the server.
     */
    image: Image;
    /**
     * Names of the image pull secrets.
     */
    pullSecrets: {
      /**
       * Nothing to set: the name is the key.
       */
      [k: string]: {};
    };
    /**
     * Compute resources of the container.
     */
    resources: Resources;
    /**
     * Where the data lives.
     */
    persistence: ServerPersistence;
    /**
     * Time to write what is in memory, and stop.
     */
    grace: Duration;
    /**
     * The Service.
     */
    service: ServerService;
    /**
     * Where the pod may run.
     */
    scheduling?: Scheduling;
    /**
     * Security context of the pod.
     */
    podSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Security context of the container.
     */
    containerSecurityContext?: ContainerSecurity;
    /**
     * Further labels of the pod.
     */
    podLabels: {
      [k: string]: string;
    };
    /**
     * Further annotations of the pod.
     */
    podAnnotations: {
      [k: string]: string;
    };
  };
  /**
   * Further objects of the release, by a free name, passed through as they are: a NetworkPolicy, an ExternalSecret, a Certificate. Without `metadata.name` an object gets the key with the release's prefix; the recommended labels are added.
   */
  extraObjects: {
    /**
     * The object: `apiVersion`, `kind` and all that the kind asks for.
     */
    [k: string]: {
      [k: string]: unknown;
    } | null;
  };
}
/**
 * Image of this part.
 */
export interface Image {
  /**
   * Registry host with an optional path; empty leaves it to the container runtime.
   */
  registry: string;
  /**
   * Repository inside the registry.
   */
  repository: string;
  /**
   * Tag.
   */
  tag: string;
  /**
   * Digest that pins the image; the tag stays visible beside it.
   */
  digest: string;
  /**
   * When the node pulls the image.
   */
  pullPolicy: 'IfNotPresent' | 'Always' | 'Never';
}
/**
 * Compute resources of the container.
 */
export interface Resources {
  /**
   * What the scheduler reserves, by resource name.
   */
  requests: {
    [k: string]: QuantityOrNothing;
  };
  /**
   * What the container may not exceed, by resource name.
   */
  limits: {
    [k: string]: QuantityOrNothing;
  };
}
/**
 * Timings of a probe.
 */
export interface Probe {
  /**
   * Time between two looks.
   */
  period: Duration;
  /**
   * Time that one look may take.
   */
  timeout: Duration;
  /**
   * Failed looks in a row until the probe counts as failed.
   */
  failures: number;
}
/**
 * Where the pods may run.
 */
export interface Scheduling {
  /**
   * Labels that a node must carry.
   */
  nodeSelector: {
    [k: string]: string | null;
  };
  /**
   * Taints that the pods tolerate, by a free name.
   */
  tolerations: {
    [k: string]: {
      [k: string]: unknown;
    } | null;
  };
  /**
   * Affinity of the pods.
   */
  affinity: {
    [k: string]: unknown;
  };
  /**
   * Spread of the pods, by a free name; an absent `labelSelector` becomes the workload's own.
   */
  topologySpreadConstraints: {
    [k: string]: {
      [k: string]: unknown;
    } | null;
  };
  /**
   * PriorityClass of the pods; empty for the cluster default.
   */
  priorityClassName: string;
}
/**
 * A kind of hardware; absent leaves inherit `workers.defaults`, and a pool overrides any of them.
 */
export interface Profile {
  /**
   * Device that each pod gets, by the name that its device plugin announces: `nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`, `amd.com/gpu`. Empty for none.
   */
  resource?: string;
  /**
   * Devices of one pod.
   */
  count?: number;
  /**
   * RuntimeClass of the pods, where the default runtime does not know the device; empty for the default.
   */
  runtimeClassName?: string;
  /**
   * Size of /dev/shm, which PyTorch's loaders need; it counts inside the memory limit. Empty leaves the 64Mi of the runtime.
   */
  sharedMemory?: OptionalQuantity;
  /**
   * true: the same pool on nodes without the device: no device, runtime class, selector or toleration of the profile, and no card visible.
   */
  cpuFallback?: boolean;
  /**
   * Labels that a node must carry.
   */
  nodeSelector?: {
    [k: string]: string | null;
  };
  /**
   * Taints that the pods tolerate, by a free name.
   */
  tolerations?: {
    [k: string]: {
      [k: string]: unknown;
    } | null;
  };
  /**
   * Differences from the root `image`; absent keys inherit it.
   */
  image?: {
    /**
     * Registry host with an optional path; empty leaves it to the container runtime.
     */
    registry?: string;
    /**
     * Repository inside the registry.
     */
    repository?: string;
    /**
     * Tag; empty takes the chart's appVersion.
     */
    tag?: string;
    /**
     * Digest that pins the image; the tag stays visible beside it.
     */
    digest?: string;
    /**
     * When the node pulls the image.
     */
    pullPolicy?: 'IfNotPresent' | 'Always' | 'Never';
  };
  /**
   * Further environment variables of the pools; a pool's own win.
   */
  env?: {
    [k: string]: string | null;
  };
  /**
   * Compute resources of the container.
   */
  resources?: {
    /**
     * What the scheduler reserves, by resource name.
     */
    requests?: {
      [k: string]: QuantityOrNothing;
    };
    /**
     * What the container may not exceed, by resource name.
     */
    limits?: {
      [k: string]: QuantityOrNothing;
    };
  };
}
/**
 * One worker pool; absent leaves inherit `workers.defaults`.
 */
export interface Pool {
  /**
   * Whether the pool exists.
   */
  enabled?: boolean;
  /**
   * Hardware profile, a key of `workers.profiles`, whose leaves come between these defaults and the pool; empty for none.
   */
  profile?: string;
  /**
   * What each pod of the pool holds of its node besides processor, memory and disk; set by the pool's profile.
   */
  hardware?: {
    /**
     * Device that each pod gets, by the name that its device plugin announces: `nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`, `amd.com/gpu`. Empty for none.
     */
    resource?: string;
    /**
     * Devices of one pod.
     */
    count?: number;
    /**
     * RuntimeClass of the pods, where the default runtime does not know the device; empty for the default.
     */
    runtimeClassName?: string;
    /**
     * Size of /dev/shm, which PyTorch's loaders need; it counts inside the memory limit. Empty leaves the 64Mi of the runtime.
     */
    sharedMemory?: OptionalQuantity;
    /**
     * true: the same pool on nodes without the device: no device, runtime class, selector or toleration of the profile, and no card visible.
     */
    cpuFallback?: boolean;
  };
  /**
   * Differences from the root `image`; absent keys inherit it.
   */
  image?: {
    /**
     * Registry host with an optional path; empty leaves it to the container runtime.
     */
    registry?: string;
    /**
     * Repository inside the registry.
     */
    repository?: string;
    /**
     * Tag; empty takes the chart's appVersion.
     */
    tag?: string;
    /**
     * Digest that pins the image; the tag stays visible beside it.
     */
    digest?: string;
    /**
     * When the node pulls the image.
     */
    pullPolicy?: 'IfNotPresent' | 'Always' | 'Never';
  };
  /**
   * Command of the worker in exec form, instead of the one that the chart builds.
   */
  command?: string[];
  /**
   * Queues that the pool consumes, by name.
   */
  queues?: {
    /**
     * Nothing to set: the name of the queue is the key.
     */
    [k: string]: {} | null;
  };
  /**
   * Processes that run tasks in one pod.
   */
  concurrency?: number;
  /**
   * Hard limit of one task. The pool's grace period, drain and visibility timeout follow from it.
   */
  taskLimit?: Duration;
  /**
   * Time above which a task counts as slow, one of the steps in which times are counted, as 10m or 1h; empty takes `monitoring.alerts.SlowProcessing.threshold`.
   */
  slowAfter?: OptionalDuration;
  /**
   * How long before the hard limit the task is told to stop.
   */
  softLimitMargin?: Duration;
  /**
   * Tasks after which a process is replaced by a fresh one.
   */
  maxTasksPerChild?: number;
  /**
   * Age at which an unacknowledged task goes back to its queue where no lease is held (`delivery.mode: timeout`, or a Celery that the lease does not know); empty derives 1.5 × the task limit, at least the limit + 10m.
   */
  visibilityTimeout?: OptionalDuration;
  /**
   * What happens to running tasks when a pod has to go.
   */
  drain?: {
    /**
     * `finish`: they may run to their limit. `requeue`: they have `within`, then they go back to their queue at once.
     */
    mode?: 'finish' | 'requeue';
    /**
     * Time that running tasks get to finish. `finish`: empty takes the task limit, and no less is accepted. `requeue`: empty takes 5m. The grace period follows.
     */
    within?: OptionalDuration;
  };
  /**
   * Log level of the worker.
   */
  logLevel?: 'debug' | 'info' | 'warning' | 'error' | 'critical';
  /**
   * Further environment variables of the worker; they win over `app.env`.
   */
  env?: {
    [k: string]: string | null;
  };
  /**
   * How many pods run, and who decides it.
   */
  scaling?: {
    /**
     * `fixed`: `replicas` as written here. `manual`: the chart never renders `replicas`, so that `kubectl scale` rules. `hpa`: a HorizontalPodAutoscaler, on the container's CPU. `keda`: KEDA, on queued and running tasks; alone reaches zero.
     */
    engine?: 'fixed' | 'manual' | 'hpa' | 'keda';
    /**
     * Pods under the engine `fixed`; empty takes `min`.
     */
    replicas?: number | string;
    /**
     * Least pods under an autoscaler.
     */
    min?: number;
    /**
     * Most pods under an autoscaler.
     */
    max?: number;
    /**
     * How fast an autoscaler removes pods.
     */
    scaleDown?: {
      /**
       * Time over which the gentlest recommendation counts; at most 1h. 0s follows at once.
       */
      window?: Duration;
      /**
       * Share of the pods that may change in one period; 0 for none by share.
       */
      percent?: number;
      /**
       * Pods that may change in one period; the larger of the two counts. Both 0: never in this direction.
       */
      pods?: number;
      /**
       * Length of the period; at most 30m.
       */
      period?: Duration;
    };
    /**
     * How fast an autoscaler adds pods.
     */
    scaleUp?: {
      /**
       * Time over which the gentlest recommendation counts; at most 1h. 0s follows at once.
       */
      window?: Duration;
      /**
       * Share of the pods that may change in one period; 0 for none by share.
       */
      percent?: number;
      /**
       * Pods that may change in one period; the larger of the two counts. Both 0: never in this direction.
       */
      pods?: number;
      /**
       * Length of the period; at most 30m.
       */
      period?: Duration;
    };
    /**
     * Targets of the engine `hpa`, in percent of what the container requests; what sidecars use does not count.
     */
    hpa?: {
      /**
       * CPU; 0 for none.
       */
      cpu?: number;
      /**
       * Memory; 0 for none. Python gives memory back late or never, so it rarely scales down again.
       */
      memory?: number;
    };
    /**
     * The engine `keda`: it counts what waits in the queues and what is running.
     */
    keda?: {
      /**
       * Tasks for each pod; empty takes the pool's `concurrency`.
       */
      target?: number | string;
      /**
       * Time between two looks at the broker while no pod runs, and for the activity of the pool.
       */
      pollingInterval?: Duration;
      /**
       * With `min: 0`: time without any task, or since KEDA took over, until the last pod goes.
       */
      cooldown?: Duration;
      /**
       * While KEDA cannot read the broker; running pods are never taken away then.
       */
      fallback?: {
        /**
         * Failed looks in a row until this holds.
         */
        failures?: number;
        /**
         * Pods that run at least, even in a pool at 0; 0 keeps exactly those that run.
         */
        replicas?: number;
      };
    };
  };
  /**
   * Compute resources of the container.
   */
  resources?: {
    /**
     * What the scheduler reserves, by resource name.
     */
    requests?: {
      [k: string]: QuantityOrNothing;
    };
    /**
     * What the container may not exceed, by resource name.
     */
    limits?: {
      [k: string]: QuantityOrNothing;
    };
  };
  /**
   * Sizes of the writable directories (emptyDir); a pod that exceeds one is evicted.
   */
  storage?: {
    /**
     * Working directory, where the application leaves its artifacts.
     */
    work?: Quantity;
    /**
     * `/tmp`: downloads and extraction; the largest file times the concurrency.
     */
    tmp?: Quantity;
    /**
     * Model caches (HF_HOME, TORCH_HOME and others).
     */
    cache?: Quantity;
  };
  /**
   * Probes on files that the worker touches; none of them asks the broker.
   */
  probes?: {
    /**
     * Until the worker consumes.
     */
    startup?: {
      /**
       * Time between two looks.
       */
      period?: Duration;
      /**
       * Time that one look may take.
       */
      timeout?: Duration;
      /**
       * Failed looks in a row until the probe counts as failed.
       */
      failures?: number;
    };
    /**
     * Whether the worker consumes.
     */
    readiness?: {
      /**
       * Time between two looks.
       */
      period?: Duration;
      /**
       * Time that one look may take.
       */
      timeout?: Duration;
      /**
       * Failed looks in a row until the probe counts as failed.
       */
      failures?: number;
    };
    /**
     * When to restart a wedged worker.
     */
    liveness?: {
      /**
       * Age of the heartbeat that counts as failed; longer than any broker outage to survive.
       */
      maxAge?: Duration;
      /**
       * Time to stop after a failed look, instead of the whole grace period.
       */
      grace?: Duration;
      /**
       * Time between two looks.
       */
      period?: Duration;
      /**
       * Time that one look may take.
       */
      timeout?: Duration;
      /**
       * Failed looks in a row until the probe counts as failed.
       */
      failures?: number;
    };
  };
  /**
   * Sidecar that serves the metrics of all processes of one worker under `/metrics`; the worker itself has no HTTP server.
   */
  metrics?: {
    /**
     * Whether the pods have it.
     */
    enabled?: boolean;
    /**
     * Port of the sidecar; its name is `metrics`.
     */
    port?: number;
    /**
     * Limit of the files that the processes count in; they lie in memory, inside the worker's limit.
     */
    size?: Quantity;
    /**
     * Compute resources of the container.
     */
    resources?: {
      /**
       * What the scheduler reserves, by resource name.
       */
      requests?: {
        [k: string]: QuantityOrNothing;
      };
      /**
       * What the container may not exceed, by resource name.
       */
      limits?: {
        [k: string]: QuantityOrNothing;
      };
    };
  };
  /**
   * How a rollout replaces pods.
   */
  strategy?: {
    /**
     * `RollingUpdate`, or `Recreate` where two generations may not run together.
     */
    type?: 'RollingUpdate' | 'Recreate';
    /**
     * Pods above the wanted number during a rolling update: a number or a percentage; empty takes 25%, or 0 where a new pod waits for the device of an old one.
     */
    maxSurge?: string | number;
    /**
     * Pods below the wanted number during a rolling update: a number or a percentage; empty takes 1 where `maxSurge` is 0, and else 0.
     */
    maxUnavailable?: string | number;
  };
  /**
   * Where the pods may run.
   */
  scheduling?: {
    /**
     * Labels that a node must carry.
     */
    nodeSelector?: {
      [k: string]: string | null;
    };
    /**
     * Taints that the pods tolerate, by a free name.
     */
    tolerations?: {
      [k: string]: {
        [k: string]: unknown;
      } | null;
    };
    /**
     * Preference for a place where no pod of the same workload runs; joins `affinity`.
     */
    antiAffinity?: {
      /**
       * Weight beside other preferences; 0 for no preference.
       */
      weight?: number;
      /**
       * Label of nodes that says what a place is.
       */
      topologyKey?: QualifiedName;
    };
    /**
     * Affinity of the pods.
     */
    affinity?: {
      [k: string]: unknown;
    };
    /**
     * Spread of the pods, by a free name; an absent `labelSelector` becomes the workload's own.
     */
    topologySpreadConstraints?: {
      [k: string]: {
        [k: string]: unknown;
      } | null;
    };
    /**
     * PriorityClass of the pods; empty for the cluster default.
     */
    priorityClassName?: string;
  };
  /**
   * PodDisruptionBudget: how many pods a drain of nodes may take at once. None is made for a single fixed replica.
   */
  disruption?: {
    /**
     * Whether there is one.
     */
    enabled?: boolean;
    /**
     * Pods that may be missing at once: a number or a percentage, above 0, or no node could ever be drained.
     */
    maxUnavailable?: string | number;
    /**
     * `AlwaysAllow`: a pod that is not Ready never holds up a drain. `IfHealthyBudget`: it counts like the others.
     */
    unhealthyPodEvictionPolicy?: 'AlwaysAllow' | 'IfHealthyBudget';
  };
  /**
   * Further labels of the pods.
   */
  podLabels?: {
    [k: string]: string | null;
  };
  /**
   * Further annotations of the pods.
   */
  podAnnotations?: {
    [k: string]: string | null;
  };
}
/**
 * Where the data lives.
 */
export interface ServerPersistence {
  /**
   * true: a claim that outlives the release. false: emptyDir, lost with the pod.
   */
  enabled: boolean;
  /**
   * Size of the claim, or limit of the emptyDir.
   */
  size: Quantity;
  /**
   * StorageClass of the claim; empty for the cluster default.
   */
  storageClass: string;
  /**
   * Claim of your own, instead of the one that the chart makes.
   */
  existingClaim: string;
}
/**
 * The Service.
 */
export interface ServerService {
  /**
   * Port of the Service.
   */
  port: number;
  /**
   * Annotations of the Service.
   */
  annotations: {
    [k: string]: string;
  };
}
/**
 * Security context of the container.
 */
export interface ContainerSecurity {
  [k: string]: unknown;
}
/**
 * Who is told, and how often.
 */
export interface SeverityRoute {
  /**
   * Whether Slack is told.
   */
  slack: boolean;
  /**
   * Whether an e-mail is sent.
   */
  email: boolean;
  /**
   * Whether the webhook is called.
   */
  webhook: boolean;
  /**
   * Whether PagerDuty is told.
   */
  pagerduty: boolean;
  /**
   * Time until what still fires is told again, at least 1s.
   */
  repeatInterval: Duration;
}
