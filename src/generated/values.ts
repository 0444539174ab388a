// Generated from src/schema/values.ts by `npm run generate`; do not edit.

/**
 * Hours, minutes and seconds in this order, e.g. 1h30m, 15m, 90s.
 */
export type Duration = string;
/**
 * Name of a Kubernetes object, e.g. my-object, or an empty string for none.
 */
export type ObjectName = string;
/**
 * A quantity, or an empty string for none.
 */
export type OptionalQuantity = string | number;
/**
 * A duration, or an empty string for the value that the chart derives.
 */
export type OptionalDuration = string;
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
 * All values of the chart.
 */
export interface Values {
  /**
   * Image of the application, for the API, the workers and beat (`image`).
   */
  image: {
    /**
     * Registry host of the `image`, with an optional path; empty leaves it to the container runtime.
     */
    registry: string;
    /**
     * Repository of the `image` in the registry.
     */
    repository: string;
    /**
     * Tag of the `image`; empty takes the chart's `appVersion`.
     */
    tag: string;
    /**
     * Digest that pins the `image`; the tag remains visible in the reference.
     */
    digest: string;
    /**
     * Image pull policy (`imagePullPolicy`).
     */
    pullPolicy: 'IfNotPresent' | 'Always' | 'Never';
    /**
     * Image pull secrets by name (`imagePullSecrets`).
     */
    pullSecrets: PullSecrets;
    /**
     * Time for a node to pull the image; with the time of the startup probe it is the rollout deadline (`progressDeadlineSeconds`).
     */
    pullBudget: Duration;
  };
  /**
   * Settings of the application: environment variables of the API, the workers and beat.
   */
  app: {
    /**
     * Object storage of inputs and results.
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
       * Region of the bucket (S3_REGION).
       */
      region: string;
    };
    /**
     * The service that is notified of results.
     */
    masterml: {
      /**
       * URL of MasterML (MASTERML_URL).
       */
      url: string;
    };
    /**
     * Log level of the API (LOG_LEVEL); that of the workers is `workers.defaults.logLevel`.
     */
    logLevel: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';
    /**
     * Log format (LOG_FORMAT): `json`, or `console` for reading in a terminal.
     */
    logFormat: 'json' | 'console';
    /**
     * Origins that browsers may call the API from (CORS_ORIGINS), by URL.
     */
    corsOrigins: {
      /**
       * Empty: the key is the origin.
       */
      [k: string]: {};
    };
    /**
     * Celery application (`celery --app`).
     */
    celeryApp: string;
    /**
     * Directory in the image with the package `src` (PYTHONPATH).
     */
    codeDirectory: string;
    /**
     * Mount a module `src.async_unified_celery_tasks` that imports `src.unified_celery_tasks`. The application includes it, and some of its images lack it: workers and beat then fail with ModuleNotFoundError.
     */
    includeModule: boolean;
    /**
     * Additional environment variables of the API, the workers and beat (`env`).
     */
    env: Env;
  };
  /**
   * The Secret with the credentials; its keys are in the README of the chart. It must exist: the chart references it and never writes it.
   */
  secrets: {
    /**
     * Name of the Secret in the namespace of the release (`secretKeyRef.name`).
     */
    name: string;
    /**
     * Any text; it is part of the pod annotation `checksum/secrets`. Change it after the Secret changed, to restart the pods that read it (the broker excepted).
     */
    revision: string;
  };
  /**
   * Celery workers.
   */
  workers: {
    /**
     * Defaults that every pool inherits. A pool overrides any key; null removes an inherited entry.
     */
    defaults: {
      /**
       * Create the Deployment and the other objects of the pool.
       */
      enabled: boolean;
      /**
       * Hardware profile, a key of `workers.profiles`: its keys override these defaults, and the pool overrides them; empty for none.
       */
      profile: string;
      /**
       * Extended resource of each pod, such as a GPU; usually set by the pool's profile.
       */
      hardware: {
        /**
         * Extended resource of each pod (`resources.limits`), as its device plugin names it: `nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`, `amd.com/gpu`; empty for none.
         */
        resource: string;
        /**
         * Quantity of the extended resource for each pod (`resources.limits`).
         */
        count: number;
        /**
         * RuntimeClass of the pods (`runtimeClassName`), where the default runtime does not support the device; empty for the default.
         */
        runtimeClassName: ObjectName;
        /**
         * Size of `/dev/shm` for PyTorch's data loaders (`emptyDir.sizeLimit`, `medium: Memory`); it counts towards the memory limit. Empty keeps the 64Mi of the container runtime.
         */
        sharedMemory: OptionalQuantity;
        /**
         * true: run the pool on CPU: without the extended resource, `runtimeClassName`, `nodeSelector` and `tolerations` of the profile, and without a visible GPU (CUDA_VISIBLE_DEVICES).
         */
        cpuFallback: boolean;
      };
      /**
       * Overrides of the root `image` for this component; absent keys inherit it.
       */
      image: ImageOverride;
      /**
       * Command of the worker in exec form (`command`); empty takes the one that the chart builds.
       */
      command: string[];
      /**
       * Queues that the workers consume (`--queues`), by name.
       */
      queues: Queues;
      /**
       * Worker processes of a pod (`--concurrency`).
       */
      concurrency: number;
      /**
       * Celery's hard time limit of a task (`--time-limit`). The pool's termination grace period, drain timeout and visibility timeout follow from it.
       */
      taskLimit: Duration;
      /**
       * Threshold of the alert `SlowProcessing` for this pool, a boundary of `monitoring.taskDurationBuckets`, such as 10m or 1h; empty for the threshold of the alert.
       */
      slowAfter: OptionalDuration;
      /**
       * Time between the soft and the hard time limit: `--soft-time-limit` is `taskLimit` minus this.
       */
      softLimitMargin: Duration;
      /**
       * Tasks after which a worker process is replaced (`--max-tasks-per-child`).
       */
      maxTasksPerChild: number;
      /**
       * Age at which an unacknowledged task without a lease returns to its queue (`visibility_timeout`): with `delivery.mode: timeout`, or a Celery version that leases do not support; empty takes 1.5 × `taskLimit`, at least `taskLimit` + 10m.
       */
      visibilityTimeout: OptionalDuration;
      /**
       * What happens to running tasks when a pod is terminated (`preStop`).
       */
      drain: {
        /**
         * Drain mode: `finish` lets running tasks run until their time limit; `requeue` gives them `within` and then returns them to their queue.
         */
        mode: 'finish' | 'requeue';
        /**
         * Drain timeout: time for running tasks to finish; `terminationGracePeriodSeconds` follows from it. `finish`: empty takes `taskLimit`, which is also the minimum. `requeue`: empty takes 5m.
         */
        within: OptionalDuration;
      };
      /**
       * Log level of the worker (`--loglevel`).
       */
      logLevel: 'debug' | 'info' | 'warning' | 'error' | 'critical';
      /**
       * Additional environment variables of the worker (`env`); they override `app.env`.
       */
      env: RemovableEnv;
      /**
       * Number of pods, and what controls it.
       */
      scaling: {
        /**
         * `fixed`: `replicas` as set here. `manual`: the chart never renders `replicas`, so that `kubectl scale` decides. `hpa`: a HorizontalPodAutoscaler on the container's CPU. `keda`: a ScaledObject of KEDA on queued and running tasks; only this one scales to zero.
         */
        engine: 'fixed' | 'manual' | 'hpa' | 'keda';
        /**
         * Pods of the engine `fixed` (`replicas`); empty takes `min`.
         */
        replicas: number | string;
        /**
         * Minimum replicas when autoscaling (`minReplicas`, `minReplicaCount`).
         */
        min: number;
        /**
         * Maximum replicas when autoscaling (`maxReplicas`, `maxReplicaCount`).
         */
        max: number;
        /**
         * Autoscaling behavior (`behavior.scaleDown`): `window` is `stabilizationWindowSeconds`; in each `period` (`periodSeconds`) at most `percent` % of the pods or `pods` may change, whichever is more.
         */
        scaleDown: {
          /**
           * Stabilization window (`stabilizationWindowSeconds`), at most 1h; `0s` disables it.
           */
          window: Duration;
          /**
           * Percentage of the pods that may change in one period (`policies`, type `Percent`); 0 for no such policy.
           */
          percent: number;
          /**
           * Pods that may change in one period (`policies`, type `Pods`); 0 for no such policy, both 0 for `selectPolicy: Disabled`.
           */
          pods: number;
          /**
           * Period of the policies (`periodSeconds`), at most 30m.
           */
          period: Duration;
        };
        /**
         * Autoscaling behavior (`behavior.scaleUp`): `window` is `stabilizationWindowSeconds`; in each `period` (`periodSeconds`) at most `percent` % of the pods or `pods` may change, whichever is more.
         */
        scaleUp: {
          /**
           * Stabilization window (`stabilizationWindowSeconds`), at most 1h; `0s` disables it.
           */
          window: Duration;
          /**
           * Percentage of the pods that may change in one period (`policies`, type `Percent`); 0 for no such policy.
           */
          percent: number;
          /**
           * Pods that may change in one period (`policies`, type `Pods`); 0 for no such policy, both 0 for `selectPolicy: Disabled`.
           */
          pods: number;
          /**
           * Period of the policies (`periodSeconds`), at most 30m.
           */
          period: Duration;
        };
        /**
         * Targets of the engine `hpa`, in percent of the requests of the main container (`containerResource`); sidecars do not count.
         */
        hpa: {
          /**
           * Target CPU utilization (`averageUtilization`); 0 for none.
           */
          cpu: number;
          /**
           * Target memory utilization (`averageUtilization`); 0 for none. Python rarely returns memory, so such a target rarely scales down.
           */
          memory: number;
        };
        /**
         * The engine `keda`, which counts queued and running tasks (`ScaledObject`).
         */
        keda: {
          /**
           * Tasks per pod (`scalingModifiers.target`); empty takes the pool's `concurrency`.
           */
          target: number | string;
          /**
           * Interval at which KEDA polls the broker for activity (`pollingInterval`).
           */
          pollingInterval: Duration;
          /**
           * With `min: 0`: time without tasks before KEDA scales to zero (`cooldownPeriod`, `initialCooldownPeriod`).
           */
          cooldown: Duration;
          /**
           * Replicas while KEDA cannot read the broker (`fallback`); it never scales down then.
           */
          fallback: {
            /**
             * Consecutive failed polls before the fallback applies (`fallback.failureThreshold`).
             */
            failures: number;
            /**
             * Minimum replicas of the fallback, even of a pool at 0 (`fallback.replicas`); 0 keeps the current replicas.
             */
            replicas: number;
          };
        };
      };
      /**
       * Compute resources of the container (`resources`).
       */
      resources: {
        /**
         * Resource requests by resource name (`resources.requests`).
         */
        requests: ResourceAmounts;
        /**
         * Resource limits by resource name (`resources.limits`).
         */
        limits: ResourceAmounts;
      };
      /**
       * Size limits of the writable directories; a pod that exceeds one is evicted.
       */
      storage: {
        /**
         * Size limit of `/work`, where the application writes its artifacts (`emptyDir.sizeLimit`).
         */
        work: Quantity;
        /**
         * Size limit of `/tmp`, for downloads and extraction (`emptyDir.sizeLimit`): the largest file times the concurrency.
         */
        tmp: Quantity;
        /**
         * Size limit of `/cache`, for models: HF_HOME, TORCH_HOME and others (`emptyDir.sizeLimit`).
         */
        cache: Quantity;
      };
      /**
       * Probes on files that the worker writes (`exec`); none of them contacts the broker.
       */
      probes: {
        /**
         * Startup probe (`startupProbe`): until the worker consumes. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
         */
        startup: {
          /**
           * Probe interval (`periodSeconds`).
           */
          period: Duration;
          /**
           * Probe timeout (`timeoutSeconds`).
           */
          timeout: Duration;
          /**
           * Consecutive failures before the probe fails (`failureThreshold`).
           */
          failures: number;
        };
        /**
         * Readiness probe (`readinessProbe`): whether the worker consumes. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
         */
        readiness: {
          /**
           * Probe interval (`periodSeconds`).
           */
          period: Duration;
          /**
           * Probe timeout (`timeoutSeconds`).
           */
          timeout: Duration;
          /**
           * Consecutive failures before the probe fails (`failureThreshold`).
           */
          failures: number;
        };
        /**
         * Liveness probe (`livenessProbe`): restarts a worker that hangs.
         */
        liveness: {
          /**
           * Age of the heartbeat file at which the probe fails (`exec.command`); longer than any broker outage to survive.
           */
          maxAge: Duration;
          /**
           * Grace period of a restart by this probe (its `terminationGracePeriodSeconds`), instead of the pod's.
           */
          grace: Duration;
          /**
           * Probe interval (`periodSeconds`).
           */
          period: Duration;
          /**
           * Probe timeout (`timeoutSeconds`).
           */
          timeout: Duration;
          /**
           * Consecutive failures before the probe fails (`failureThreshold`).
           */
          failures: number;
        };
      };
      /**
       * Sidecar container that serves the metrics of all processes of a worker under `/metrics`; the worker itself has no HTTP server.
       */
      metrics: {
        /**
         * Add the sidecar container `metrics` to the pods.
         */
        enabled: boolean;
        /**
         * Port of the sidecar (`containerPort`), named `metrics`.
         */
        port: number;
        /**
         * Size limit of the metric files, which are in memory (`emptyDir.sizeLimit`); they count towards the worker's memory limit.
         */
        size: Quantity;
        /**
         * Compute resources of the container (`resources`).
         */
        resources: {
          /**
           * Resource requests by resource name (`resources.requests`).
           */
          requests: ResourceAmounts;
          /**
           * Resource limits by resource name (`resources.limits`).
           */
          limits: ResourceAmounts;
        };
      };
      /**
       * How a rollout replaces the pods (`strategy`).
       */
      strategy: {
        /**
         * Rollout strategy (`strategy.type`): `RollingUpdate`, or `Recreate` where old and new pods must not run together.
         */
        type: 'RollingUpdate' | 'Recreate';
        /**
         * Pods above the desired number during a rolling update (`maxSurge`): a number or a percentage; empty takes 25%, or 0 where a new pod needs the device of an old one.
         */
        maxSurge: string | number;
        /**
         * Pods below the desired number during a rolling update (`maxUnavailable`): a number or a percentage; empty takes 1 where `maxSurge` is 0, otherwise 0.
         */
        maxUnavailable: string | number;
      };
      /**
       * Where the pods may run.
       */
      scheduling: {
        /**
         * Labels that a node must have (`nodeSelector`).
         */
        nodeSelector: RemovableLabels;
        /**
         * Tolerations of node taints (`tolerations`), by a name of your choice.
         */
        tolerations: {
          [k: string]: {
            [k: string]: unknown;
          } | null;
        };
        /**
         * Preferred anti-affinity to pods of the same workload (`podAntiAffinity`), added to `affinity`.
         */
        antiAffinity: {
          /**
           * Weight among the other preferences (`weight`); 0 disables it.
           */
          weight: number;
          /**
           * Node label whose values are the topology domains (`topologyKey`).
           */
          topologyKey: QualifiedName;
        };
        /**
         * Affinity of the pods (`affinity`).
         */
        affinity: {
          [k: string]: unknown;
        };
        /**
         * Topology spread constraints (`topologySpreadConstraints`), by a name of your choice; an absent `labelSelector` selects the pods of the workload.
         */
        topologySpreadConstraints: {
          [k: string]: {
            [k: string]: unknown;
          } | null;
        };
        /**
         * PriorityClass of the pods (`priorityClassName`); empty for the cluster default.
         */
        priorityClassName: ObjectName;
      };
      /**
       * PodDisruptionBudget: how many pods a node drain may evict at once. A single fixed replica has none.
       */
      disruption: {
        /**
         * Create the PodDisruptionBudget.
         */
        enabled: boolean;
        /**
         * Pods that may be unavailable at once (`maxUnavailable`): a number or a percentage; 0 would block every node drain.
         */
        maxUnavailable: string | number;
        /**
         * Eviction of pods that are not Ready (`unhealthyPodEvictionPolicy`): `AlwaysAllow` never blocks a drain, `IfHealthyBudget` only evicts them within the budget.
         */
        unhealthyPodEvictionPolicy: 'AlwaysAllow' | 'IfHealthyBudget';
      };
      /**
       * Additional labels of the pods (`metadata.labels`).
       */
      podLabels: RemovableLabels;
      /**
       * Additional annotations of the pods (`metadata.annotations`).
       */
      podAnnotations: RemovableAnnotations;
    };
    /**
     * Hardware profiles by name, for `profile` of a pool. Each overrides `workers.defaults`, and a pool overrides its profile.
     */
    profiles: {
      [k: string]: Profile;
    };
    /**
     * Worker pools by name: `cpu` is the Deployment `audio-worker`, any other `audio-<name>-worker`. A pool has the keys of `workers.defaults`.
     */
    pools: {
      [k: string]: Pool;
    };
  };
  /**
   * The HTTP API.
   */
  api: {
    /**
     * Overrides of the root `image` for this component; absent keys inherit it.
     */
    image: ImageOverride;
    /**
     * Command of the API in exec form (`command`); empty takes the one that the chart builds.
     */
    command: string[];
    /**
     * Port that the API listens on (`--port`, `containerPort`).
     */
    port: number;
    /**
     * Additional environment variables of the API (`env`); they override `app.env`.
     */
    env: Env;
    /**
     * Number of pods, and what controls it.
     */
    scaling: {
      /**
       * `fixed`: `replicas` as set here. `manual`: the chart never renders `replicas`, so that `kubectl scale` decides. `hpa`: a HorizontalPodAutoscaler on the container's CPU.
       */
      engine: 'fixed' | 'manual' | 'hpa';
      /**
       * Pods of the engine `fixed` (`replicas`); empty takes `min`.
       */
      replicas: number | string;
      /**
       * Minimum replicas when autoscaling (`minReplicas`, `minReplicaCount`).
       */
      min: number;
      /**
       * Maximum replicas when autoscaling (`maxReplicas`, `maxReplicaCount`).
       */
      max: number;
      /**
       * Autoscaling behavior (`behavior.scaleDown`): `window` is `stabilizationWindowSeconds`; in each `period` (`periodSeconds`) at most `percent` % of the pods or `pods` may change, whichever is more.
       */
      scaleDown: {
        /**
         * Stabilization window (`stabilizationWindowSeconds`), at most 1h; `0s` disables it.
         */
        window: Duration;
        /**
         * Percentage of the pods that may change in one period (`policies`, type `Percent`); 0 for no such policy.
         */
        percent: number;
        /**
         * Pods that may change in one period (`policies`, type `Pods`); 0 for no such policy, both 0 for `selectPolicy: Disabled`.
         */
        pods: number;
        /**
         * Period of the policies (`periodSeconds`), at most 30m.
         */
        period: Duration;
      };
      /**
       * Autoscaling behavior (`behavior.scaleUp`): `window` is `stabilizationWindowSeconds`; in each `period` (`periodSeconds`) at most `percent` % of the pods or `pods` may change, whichever is more.
       */
      scaleUp: {
        /**
         * Stabilization window (`stabilizationWindowSeconds`), at most 1h; `0s` disables it.
         */
        window: Duration;
        /**
         * Percentage of the pods that may change in one period (`policies`, type `Percent`); 0 for no such policy.
         */
        percent: number;
        /**
         * Pods that may change in one period (`policies`, type `Pods`); 0 for no such policy, both 0 for `selectPolicy: Disabled`.
         */
        pods: number;
        /**
         * Period of the policies (`periodSeconds`), at most 30m.
         */
        period: Duration;
      };
      /**
       * Targets of the engine `hpa`, in percent of the requests of the main container (`containerResource`); sidecars do not count.
       */
      hpa: {
        /**
         * Target CPU utilization (`averageUtilization`); 0 for none.
         */
        cpu: number;
        /**
         * Target memory utilization (`averageUtilization`); 0 for none. Python rarely returns memory, so such a target rarely scales down.
         */
        memory: number;
      };
    };
    /**
     * Compute resources of the container (`resources`).
     */
    resources: Resources;
    /**
     * Size limits of the writable directories; a pod that exceeds one is evicted.
     */
    storage: {
      /**
       * Size limit of `/work`, where the application writes its artifacts (`emptyDir.sizeLimit`).
       */
      work: Quantity;
      /**
       * Size limit of `/tmp`, for downloads and extraction (`emptyDir.sizeLimit`): the largest file times the concurrency.
       */
      tmp: Quantity;
      /**
       * Size limit of `/cache`, for models: HF_HOME, TORCH_HOME and others (`emptyDir.sizeLimit`).
       */
      cache: Quantity;
    };
    /**
     * HTTP probes (`httpGet`). With an unresponsive broker a submission blocks the event loop for up to 1 s, and for about 20 s where `env` removes AUDIO_PROCESSOR_ROLE; the liveness probe must tolerate that.
     */
    probes: {
      /**
       * Startup probe (`startupProbe`): until the first answer. `path` is `httpGet.path`, `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
       */
      startup: {
        /**
         * Path of the request (`httpGet.path`).
         */
        path: string;
        /**
         * Probe interval (`periodSeconds`).
         */
        period: Duration;
        /**
         * Probe timeout (`timeoutSeconds`).
         */
        timeout: Duration;
        /**
         * Consecutive failures before the probe fails (`failureThreshold`).
         */
        failures: number;
      };
      /**
       * Readiness probe (`readinessProbe`): whether the Service sends requests to the pod. `/health` checks S3 as well and needs a timeout of at least 12s. `path` is `httpGet.path`, `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
       */
      readiness: {
        /**
         * Path of the request (`httpGet.path`).
         */
        path: string;
        /**
         * Probe interval (`periodSeconds`).
         */
        period: Duration;
        /**
         * Probe timeout (`timeoutSeconds`).
         */
        timeout: Duration;
        /**
         * Consecutive failures before the probe fails (`failureThreshold`).
         */
        failures: number;
      };
      /**
       * Liveness probe (`livenessProbe`): restarts an API that hangs; never use `/health`. `path` is `httpGet.path`, `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
       */
      liveness: {
        /**
         * Path of the request (`httpGet.path`).
         */
        path: string;
        /**
         * Probe interval (`periodSeconds`).
         */
        period: Duration;
        /**
         * Probe timeout (`timeoutSeconds`).
         */
        timeout: Duration;
        /**
         * Consecutive failures before the probe fails (`failureThreshold`).
         */
        failures: number;
      };
    };
    /**
     * Termination grace period (`terminationGracePeriodSeconds`), `preStopSleep` included.
     */
    grace: Duration;
    /**
     * Time that the pod still serves while load balancers remove it (`preStop.sleep.seconds`).
     */
    preStopSleep: Duration;
    /**
     * How a rollout replaces the pods (`strategy`).
     */
    strategy: {
      /**
       * Rollout strategy (`strategy.type`): `RollingUpdate`, or `Recreate` where old and new pods must not run together.
       */
      type: 'RollingUpdate' | 'Recreate';
      /**
       * Pods above the desired number during a rolling update (`maxSurge`): a number or a percentage.
       */
      maxSurge: string | number;
      /**
       * Pods below the desired number during a rolling update (`maxUnavailable`): a number or a percentage.
       */
      maxUnavailable: string | number;
    };
    /**
     * The Service `audio-processor-service`.
     */
    service: {
      /**
       * Port of the Service (`ports.port`).
       */
      port: number;
      /**
       * Annotations of the Service (`metadata.annotations`).
       */
      annotations: Annotations;
    };
    /**
     * Where the pods may run.
     */
    scheduling: {
      /**
       * Labels that a node must have (`nodeSelector`).
       */
      nodeSelector: RemovableLabels;
      /**
       * Tolerations of node taints (`tolerations`), by a name of your choice.
       */
      tolerations: {
        [k: string]: {
          [k: string]: unknown;
        } | null;
      };
      /**
       * Preferred anti-affinity to pods of the same workload (`podAntiAffinity`), added to `affinity`.
       */
      antiAffinity: {
        /**
         * Weight among the other preferences (`weight`); 0 disables it.
         */
        weight: number;
        /**
         * Node label whose values are the topology domains (`topologyKey`).
         */
        topologyKey: QualifiedName;
      };
      /**
       * Affinity of the pods (`affinity`).
       */
      affinity: {
        [k: string]: unknown;
      };
      /**
       * Topology spread constraints (`topologySpreadConstraints`), by a name of your choice; an absent `labelSelector` selects the pods of the workload.
       */
      topologySpreadConstraints: {
        [k: string]: {
          [k: string]: unknown;
        } | null;
      };
      /**
       * PriorityClass of the pods (`priorityClassName`); empty for the cluster default.
       */
      priorityClassName: ObjectName;
    };
    /**
     * PodDisruptionBudget: how many pods a node drain may evict at once. A single fixed replica has none.
     */
    disruption: {
      /**
       * Create the PodDisruptionBudget.
       */
      enabled: boolean;
      /**
       * Pods that may be unavailable at once (`maxUnavailable`): a number or a percentage; 0 would block every node drain.
       */
      maxUnavailable: string | number;
      /**
       * Eviction of pods that are not Ready (`unhealthyPodEvictionPolicy`): `AlwaysAllow` never blocks a drain, `IfHealthyBudget` only evicts them within the budget.
       */
      unhealthyPodEvictionPolicy: 'AlwaysAllow' | 'IfHealthyBudget';
    };
    /**
     * Additional labels of the pods (`metadata.labels`).
     */
    podLabels: Labels;
    /**
     * Additional annotations of the pods (`metadata.annotations`).
     */
    podAnnotations: Annotations;
  };
  /**
   * Celery beat, which sends the application's periodic tasks. Exactly one pod; a new one starts only after the old one has ended (`strategy.type: Recreate`).
   */
  beat: {
    /**
     * Create the Deployment of beat. Without it no periodic task is sent.
     */
    enabled: boolean;
    /**
     * Overrides of the root `image` for this component; absent keys inherit it.
     */
    image: ImageOverride;
    /**
     * Command of beat in exec form (`command`); empty takes the one that the chart builds.
     */
    command: string[];
    /**
     * Log level of beat (`--loglevel`).
     */
    logLevel: 'debug' | 'info' | 'warning' | 'error' | 'critical';
    /**
     * Additional environment variables of beat (`env`); they override `app.env`.
     */
    env: Env;
    /**
     * Compute resources of the container (`resources`).
     */
    resources: Resources;
    /**
     * Size limits of the writable directories; a pod that exceeds one is evicted.
     */
    storage: {
      /**
       * Size limit of `/work`, where the application writes its artifacts (`emptyDir.sizeLimit`).
       */
      work: Quantity;
      /**
       * Size limit of `/tmp`, for downloads and extraction (`emptyDir.sizeLimit`): the largest file times the concurrency.
       */
      tmp: Quantity;
      /**
       * Size limit of `/cache`, for models: HF_HOME, TORCH_HOME and others (`emptyDir.sizeLimit`).
       */
      cache: Quantity;
    };
    /**
     * Probes on files that beat writes (`exec`); none of them contacts the broker.
     */
    probes: {
      /**
       * Startup probe (`startupProbe`): until beat has its schedule; it first imports all of the application's tasks. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
       */
      startup: Probe;
      /**
       * Readiness probe (`readinessProbe`): whether beat has its schedule; a rollout waits for it. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
       */
      readiness: Probe;
      /**
       * Liveness probe (`livenessProbe`): restarts a beat that hangs.
       */
      liveness: {
        /**
         * Age of the heartbeat file at which the probe fails (`exec.command`); beat writes it at least once a minute.
         */
        maxAge: Duration;
        /**
         * Probe interval (`periodSeconds`).
         */
        period: Duration;
        /**
         * Probe timeout (`timeoutSeconds`).
         */
        timeout: Duration;
        /**
         * Consecutive failures before the probe fails (`failureThreshold`).
         */
        failures: number;
      };
    };
    /**
     * Termination grace period (`terminationGracePeriodSeconds`), in which beat writes its schedule.
     */
    grace: Duration;
    /**
     * Where the pod may run.
     */
    scheduling?: Scheduling;
    /**
     * Additional labels of the pod (`metadata.labels`).
     */
    podLabels: Labels;
    /**
     * Additional annotations of the pod (`metadata.annotations`).
     */
    podAnnotations: Annotations;
  };
  /**
   * Flower, a web UI for workers and tasks, protected by FLOWER_BASIC_AUTH of the Secret. Before Flower 2.2.0 a link can make the browser of a logged-in user stop workers and revoke tasks (CVE-2022-51020): disable it, keep it off public networks, or use a newer image.
   */
  flower: {
    /**
     * Create the Deployment and the Service of Flower.
     */
    enabled: boolean;
    /**
     * Overrides of the root `image` for this component; absent keys inherit it.
     */
    image: ImageOverride;
    /**
     * Command of Flower in exec form (`command`); empty takes the one that the chart builds.
     */
    command: string[];
    /**
     * Tasks that Flower keeps in memory (`--max_tasks`).
     */
    maxTasks: number;
    /**
     * Time after which an offline worker is removed from the list (`--purge_offline_workers`).
     */
    forgetWorkersAfter: Duration;
    /**
     * Additional environment variables of Flower (`env`); `FLOWER_<OPTION>` sets an option. Flower does not get `app.env`.
     */
    env: Env;
    /**
     * Compute resources of the container (`resources`).
     */
    resources: Resources;
    /**
     * Size limit of `/tmp`, the only writable directory (`emptyDir.sizeLimit`).
     */
    tmp: Quantity;
    /**
     * HTTP probes on the health check, which needs no credentials and no broker (`httpGet`).
     */
    probes: {
      /**
       * Startup probe (`startupProbe`): until the first answer. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
       */
      startup: Probe;
      /**
       * Readiness probe (`readinessProbe`): whether the Service sends requests to the pod. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
       */
      readiness: Probe;
      /**
       * Liveness probe (`livenessProbe`): restarts a Flower that hangs. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
       */
      liveness: Probe;
    };
    /**
     * Termination grace period (`terminationGracePeriodSeconds`).
     */
    grace: Duration;
    /**
     * The Service `flower-service`.
     */
    service: {
      /**
       * Port of the Service (`ports.port`).
       */
      port: number;
      /**
       * Annotations of the Service (`metadata.annotations`).
       */
      annotations: Annotations;
    };
    /**
     * Where the pod may run.
     */
    scheduling?: Scheduling;
    /**
     * Additional labels of the pod (`metadata.labels`).
     */
    podLabels: Labels;
    /**
     * Additional annotations of the pod (`metadata.annotations`).
     */
    podAnnotations: Annotations;
  };
  /**
   * Message broker and result backend of Celery. No value outside this section restarts the embedded broker.
   */
  broker: {
    /**
     * `embedded`: a StatefulSet with one Valkey. `external`: CELERY_BROKER_URL and CELERY_RESULT_BACKEND of the Secret.
     */
    mode: 'embedded' | 'external';
    /**
     * An external broker, with `mode: external`. Its URLs are in the Secret and need no parameters: `rediss://` is TLS with verification.
     */
    external: {
      /**
       * `host:port` of the broker, or of each Sentinel separated by commas, for KEDA (`address`, `addresses`). Celery uses the URLs of the Secret instead.
       */
      address: string;
      /**
       * Database number at the end of CELERY_BROKER_URL, for KEDA (`databaseIndex`) and the exporter.
       */
      database: number;
      /**
       * TLS to the broker and its Sentinels.
       */
      tls: {
        /**
         * Require TLS: every URL must be `rediss://` or `sentinel://`, or the process exits with an error (AUDIO_PROCESSOR_BROKER_TLS).
         */
        enabled: boolean;
        /**
         * Verify that the certificate is valid for the host name (`ssl_check_hostname`); false where Sentinels return IP addresses.
         */
        checkHostname: boolean;
        /**
         * Certificate authority of the broker.
         */
        ca: {
          /**
           * Secret with the certificate of the authority (`ssl_ca_certs`); empty for the image's trusted authorities.
           */
          secret: ObjectName;
          /**
           * Key of the certificate in that Secret (`items.key`).
           */
          key: string;
        };
        /**
         * Client certificate for a broker that requires one.
         */
        clientCertificate: {
          /**
           * Secret of the type kubernetes.io/tls (`ssl_certfile`, `ssl_keyfile`); empty for none.
           */
          secret: ObjectName;
        };
      };
      /**
       * Master of the Sentinels, for URLs with `sentinel://`.
       */
      sentinel: {
        /**
         * Name of the master (`master_name`); empty without Sentinels.
         */
        masterName: string;
        /**
         * Send the password of the URL to the Sentinels as well (`sentinel_kwargs`).
         */
        login: boolean;
      };
    };
    /**
     * Queues with a metric of their length (REDIS_EXPORTER_CHECK_SINGLE_KEYS) besides those of the pools: every queue that the application publishes to, to detect one without consumer. null removes one.
     */
    watchedQueues: Queues;
    /**
     * Image of the embedded broker (`image`).
     */
    image: Image;
    /**
     * Image pull secrets of the broker by name (`imagePullSecrets`).
     */
    pullSecrets: PullSecrets;
    /**
     * Compute resources of the container (`resources`).
     */
    resources: Resources;
    /**
     * Percentage of the memory limit that data may use (`maxmemory`); the rest is for the rewrite of the append-only file and for buffers.
     */
    maxmemoryPercent: number;
    /**
     * Storage of the append-only file.
     */
    persistence: {
      /**
       * true: a PersistentVolumeClaim, which remains after an uninstall. false: an `emptyDir`, lost with the pod.
       */
      enabled: boolean;
      /**
       * Size of the claim (`resources.requests.storage`), or of the `emptyDir` (`sizeLimit`).
       */
      size: Quantity;
      /**
       * StorageClass of the claim (`storageClassName`); empty for the cluster default.
       */
      storageClass: ObjectName;
      /**
       * Existing claim (`claimName`), instead of the one that the chart creates.
       */
      existingClaim: ObjectName;
    };
    /**
     * Probes; each sends PING to the server (`exec`).
     */
    probes: {
      /**
       * Startup probe (`startupProbe`): until the append-only file is loaded. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
       */
      startup: Probe;
      /**
       * Readiness probe (`readinessProbe`): whether the Service sends clients to the pod. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
       */
      readiness: Probe;
      /**
       * Liveness probe (`livenessProbe`): restarts a broker that hangs. A restart interrupts submissions and results for some seconds, so it reacts slowly. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
       */
      liveness: Probe;
    };
    /**
     * Termination grace period (`terminationGracePeriodSeconds`), in which the broker writes the append-only file.
     */
    grace: Duration;
    /**
     * Where the pod may run.
     */
    scheduling?: Scheduling;
    /**
     * Security context of the broker's pod (`securityContext`); the user of the image.
     */
    podSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Security context of the broker's container (`securityContext`).
     */
    containerSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Additional labels of the broker's pod (`metadata.labels`).
     */
    podLabels: Labels;
    /**
     * Additional annotations of the broker's pod (`metadata.annotations`).
     */
    podAnnotations: Annotations;
  };
  /**
   * Redelivery of the tasks of a lost worker.
   */
  delivery: {
    /**
     * When an unacknowledged task is redelivered. `lease`: soon after its worker stops renewing the lease, and never before. `timeout`: after the visibility timeout of the pool (`visibility_timeout`), which is longer than its task limit.
     */
    mode: 'lease' | 'timeout';
    /**
     * Duration of a lease (AUDIO_PROCESSOR_REDELIVER_AFTER): the tasks of a lost worker are back in their queue after this time, at most 100s later. It is also the longest broker outage during which certainly no task runs twice. Only with `mode: lease`.
     */
    redeliverAfter: Duration;
    /**
     * Redeliveries of a task after the loss of its worker, before it moves to the dead-letter queue `dead:<queue>` (AUDIO_PROCESSOR_MAX_REDELIVERIES); 0 never moves it.
     */
    maxRedeliveries: number;
  };
  /**
   * Model files: where they are stored, and how they get there.
   */
  models: {
    /**
     * Volume at `/cache` in the API and the workers; HF_HOME, TORCH_HOME and others point to it.
     */
    cache: {
      /**
       * Type of the volume. `emptyDir`: one for each pod, as large as its `storage.cache`, lost with the pod. `claim`: one PersistentVolumeClaim for all of them.
       */
      type: 'emptyDir' | 'claim';
      /**
       * Size of the claim that the chart creates (`resources.requests.storage`).
       */
      size: Quantity;
      /**
       * StorageClass of the claim (`storageClassName`); empty for the cluster default.
       */
      storageClass: ObjectName;
      /**
       * Access mode of the claim (`accessModes`). `ReadWriteMany`: pods on any node. `ReadWriteOnce`: all pods of the API and the workers must run on one node.
       */
      accessMode: 'ReadWriteMany' | 'ReadWriteOnce';
      /**
       * Existing claim (`claimName`), instead of the one that the chart creates.
       */
      existingClaim: ObjectName;
      /**
       * Mount the claim read-only in the API and the workers (`readOnly`); only the prefetch Job, or you, write to it.
       */
      readOnly: boolean;
    };
    /**
     * true: the Hugging Face libraries use only what is in the cache (HF_HUB_OFFLINE, TRANSFORMERS_OFFLINE).
     */
    offline: boolean;
    /**
     * A Job that fills the claim with your command, in the application's image. A changed command, image or setting creates another Job.
     */
    prefetch: {
      /**
       * Create the Job.
       */
      enabled: boolean;
      /**
       * Command of the Job in exec form (`command`); it exits with 0 when all models are under `/cache`.
       */
      command: string[];
      /**
       * Environment variables of the Job (`env`); they override `app.env`. HF_TOKEN comes from the Secret.
       */
      env: Env;
      /**
       * Time limit of all attempts together (`activeDeadlineSeconds`). With `models.offline` the workers, and their rollout, wait for the models.
       */
      deadline: Duration;
      /**
       * Retries after the first attempt (`backoffLimit`).
       */
      retries: number;
      /**
       * Size limit of `/tmp`, the only other writable directory of the Job (`emptyDir.sizeLimit`).
       */
      tmp: Quantity;
      /**
       * Compute resources of the container (`resources`).
       */
      resources: {
        /**
         * Resource requests by resource name (`resources.requests`).
         */
        requests: ResourceAmounts;
        /**
         * Resource limits by resource name (`resources.limits`).
         */
        limits: ResourceAmounts;
      };
      /**
       * Where the pod may run.
       */
      scheduling?: Scheduling;
    };
  };
  /**
   * Access from outside the cluster. There is none until a host and a Gateway or an Ingress are set.
   */
  routing: {
    /**
     * DNS name of the service (`hostnames` of the HTTPRoute, `host` of the Ingress); empty for no route.
     */
    host: string;
    /**
     * Scheme of the URLs that NOTES prints; empty takes `http` for an Ingress without TLS, otherwise `https`.
     */
    scheme: string;
    /**
     * URL paths of the components on the host. No path may be below another.
     */
    paths: {
      /**
       * Path of the API (`path` of the route), which is removed from its requests (UVICORN_ROOT_PATH); `/` is the whole host.
       */
      api: string;
      /**
       * Path of Flower (`--url_prefix`), which is kept in its requests.
       */
      flower: string;
    };
    /**
     * What is accessible from outside besides the API.
     */
    public: {
      /**
       * Add Flower to the HTTPRoute or Ingress. Flower before 2.2.0 accepts a forged request of a logged-in user (CVE-2022-51020).
       */
      flower: boolean;
      /**
       * Add the metrics of the API and of Flower to the HTTPRoute or Ingress.
       */
      metrics: boolean;
    };
    /**
     * Addresses or networks (CIDR) of the Gateway or Ingress controller, whose `X-Forwarded-For` the API trusts (FORWARDED_ALLOW_IPS); the rate limit counts by client.
     */
    trustedProxies: {
      /**
       * Empty: the key is the network.
       */
      [k: string]: {};
    };
    /**
     * Gateway API: one HTTPRoute. TLS is configured at the listeners of the Gateway.
     */
    gateway: {
      /**
       * Gateways of the HTTPRoute by name (`parentRefs`); without one there is no route.
       */
      parentRefs: {
        /**
         * A Gateway to attach to. The key is its name; every field is optional.
         */
        [k: string]: {
          /**
           * Name of the Gateway (`parentRefs.name`), where the key is not its name: for two listeners of one Gateway.
           */
          name?: ObjectName;
          /**
           * Namespace of the Gateway (`parentRefs.namespace`); absent for that of the release.
           */
          namespace?: ObjectName;
          /**
           * Kind of the parent (`parentRefs.kind`).
           */
          kind?: 'Gateway' | 'ListenerSet';
          /**
           * Listener of the Gateway (`parentRefs.sectionName`); absent for all that allow the route.
           */
          sectionName?: ObjectName;
          /**
           * Port of the listeners to attach to (`parentRefs.port`); absent for all.
           */
          port?: number;
        };
      };
      /**
       * Request timeout (`timeouts.request`), an extended feature of Gateway API; empty for the default of the Gateway (15s for Envoy).
       */
      requestTimeout: OptionalDuration;
      /**
       * Annotations of the HTTPRoute (`metadata.annotations`).
       */
      annotations: Annotations;
    };
    /**
     * Ingress, for clusters without Gateway API. A plain Ingress cannot rewrite a path: the API then needs `/`.
     */
    ingress: {
      /**
       * Create the Ingress.
       */
      enabled: boolean;
      /**
       * IngressClass (`ingressClassName`); empty for the cluster default.
       */
      className: ObjectName;
      /**
       * How the controller rewrites a path: `traefik` with Middlewares, `haproxy` with annotations of HAProxy Technologies, `plain` not at all.
       */
      preset: 'plain' | 'traefik' | 'haproxy';
      /**
       * Annotations of every Ingress (`metadata.annotations`), including that of `monitoring.public`.
       */
      annotations: Annotations;
      /**
       * TLS of the Ingress, with an existing Secret or one that cert-manager writes.
       */
      tls: {
        /**
         * Secret with `tls.crt` and `tls.key` (`tls.secretName`).
         */
        secret: ObjectName;
        /**
         * Issuer of cert-manager; the chart creates the Certificates.
         */
        issuer: {
          /**
           * Name of the issuer (`issuerRef.name`); empty for no Certificate.
           */
          name: ObjectName;
          /**
           * Kind of the issuer (`issuerRef.kind`).
           */
          kind: string;
          /**
           * API group of the issuer (`issuerRef.group`).
           */
          group: string;
        };
      };
    };
  };
  /**
   * Identity and security contexts of the application's pods.
   */
  security: {
    /**
     * ServiceAccount of the application's pods; its token is never mounted, because the application does not use the Kubernetes API.
     */
    serviceAccount: {
      /**
       * Create the ServiceAccount.
       */
      create: boolean;
      /**
       * Name of the ServiceAccount (`serviceAccountName`); empty for `ml-service-sa` with the prefix of the release, or `default` if it is not created.
       */
      name: ObjectName;
      /**
       * Annotations of the ServiceAccount (`metadata.annotations`).
       */
      annotations: Annotations;
    };
    /**
     * Security context of the pods (`securityContext`).
     */
    podSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Security context of the containers (`securityContext`).
     */
    containerSecurityContext: {
      [k: string]: unknown;
    };
  };
  /**
   * Scrape jobs, rules and dashboards. They are created with `prometheus.enabled` or `monitoring.operator.enabled`.
   */
  monitoring: {
    /**
     * Objects for an existing Prometheus Operator.
     */
    operator: {
      /**
       * Create PodMonitors, a PrometheusRule and an AlertmanagerConfig. The latter is made of `alertmanager.notifications`, `routes`, `inhibitions`, `groupWait` and `groupInterval`, without `alertmanager.enabled`, and uses the Secret `alertmanager.existingSecret` in the namespace of the release.
       */
      enabled: boolean;
      /**
       * Labels of these objects (`metadata.labels`), by which the operator's Prometheus selects them; for kube-prometheus-stack `release: <its release>`.
       */
      labels: Labels;
    };
    /**
     * Servers that are accessible from outside on `global.monitoring.host`, through the Gateways of `routing.gateway` or an Ingress as in `routing.ingress`. Prometheus and Alertmanager need a password.
     */
    public: {
      /**
       * Create a route to Prometheus (HTTPRoute or Ingress).
       */
      prometheus: boolean;
      /**
       * Create a route to Alertmanager (HTTPRoute or Ingress).
       */
      alertmanager: boolean;
      /**
       * Create a route to Grafana (HTTPRoute or Ingress), which has its own login.
       */
      grafana: boolean;
    };
    /**
     * TLS of the Ingress of these servers; that of a Gateway is configured at its listeners.
     */
    tls: {
      /**
       * Secret with `tls.crt` and `tls.key` in the namespace of the servers (`tls.secretName`). Empty for one from `routing.ingress.tls.issuer`, if there is an issuer.
       */
      secret: ObjectName;
    };
    /**
     * URL of the folder with a page `<Alert>.md` for each alert (annotation `runbook_url`); if empty, alerts name only the page.
     */
    runbooks: string;
    /**
     * Dashboards of Grafana.
     */
    dashboards: {
      /**
       * Create the ConfigMaps of the dashboards, for the bundled Grafana and for one beside a Prometheus Operator. One copy shows every release whose metrics its Prometheus has.
       */
      enabled: boolean;
      /**
       * Labels of the ConfigMaps (`metadata.labels`), by which the sidecar of a Grafana beside a Prometheus Operator finds them.
       */
      labels: Labels;
      /**
       * Folder in a Grafana beside a Prometheus Operator (annotation `grafana_folder`); empty for none.
       */
      folder: string;
    };
    /**
     * Upper bounds of the buckets of the histograms of task durations and waiting times in the workers' metrics (`le`), ascending.
     *
     * Items: Upper bound of a bucket.
     */
    taskDurationBuckets: Duration[];
    /**
     * Alerts by name; expressions and texts are in `files/alerts/<Name>.yaml`. `enabled` adds an alert to the rules, `for` is how long its expression must be true before it fires, and `severity` (critical, warning or none) is the label by which `alertmanager.routes` choose the receiver.
     */
    alerts: {
      /**
       * Fires when the API answers too many requests with 5xx. `threshold`: Failed requests as a share of all requests. `window`: Time range over which requests are counted.
       */
      ApiErrorRateHigh: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Failed requests as a share of all requests (in `expr`).
         */
        threshold: number;
        /**
         * Time range over which requests are counted (in `expr`).
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
       * Fires when the broker's memory is nearly full. `threshold`: Used memory as a share of the broker's `maxmemory`.
       */
      BrokerMemoryHigh: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Used memory as a share of the broker's `maxmemory` (in `expr`).
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
       * Fires when a container is short of CPU. `threshold`: CPU usage as a share of the limit. `throttled`: Throttled CFS periods as a share of all periods, for pools with an autoscaler, which keeps their usage near its target. `window`: Time range over which usage and throttling are averaged.
       */
      CpuHigh: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * CPU usage as a share of the limit (in `expr`).
         */
        threshold: number;
        /**
         * Throttled CFS periods as a share of all periods, for pools with an autoscaler, which keeps their usage near its target (in `expr`).
         */
        throttled: number;
        /**
         * Time range over which usage and throttling are averaged (in `expr`).
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
       * Fires when an extractor fails too often. `threshold`: Minimum share of successful runs. `window`: Time range over which runs are counted.
       */
      ExtractorSuccessRateLow: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Minimum share of successful runs (in `expr`).
         */
        threshold: number;
        /**
         * Time range over which runs are counted (in `expr`).
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
       * Fires when the memory of a GPU is nearly full. `threshold`: Used memory as a share of the GPU's memory.
       */
      GpuMemoryHigh: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Used memory as a share of the GPU's memory (in `expr`).
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
       * Fires when a container is near its memory limit. `threshold`: Used memory as a share of the limit.
       */
      MemoryHigh: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Used memory as a share of the limit (in `expr`).
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
       * Fires when tasks wait and their pool starts none. `window`: Time for which tasks must have been waiting while none was started.
       */
      PoolStalled: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Time for which tasks must have been waiting while none was started (in `expr`).
         */
        window: Duration;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
      /**
       * Fires when tasks wait in a queue that no worker consumes. `threshold`: Tasks in the queue.
       */
      QueueWithoutConsumer: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Tasks in the queue (in `expr`).
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
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
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
       * Fires when no pod of the API or of a pool answers, when the broker does not answer, or when no worker in the pool sent a heartbeat within the window. `window`: Time range within which a worker of the pool must send a heartbeat.
       */
      ServiceUnavailable: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Time range within which a worker of the pool must send a heartbeat (in `expr`).
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
       * Fires when the slowest 5% of the tasks of a pool take too long. `threshold`: Duration of a task, a boundary of `monitoring.taskDurationBuckets`. A pool's `slowAfter` overrides it. `window`: Time range over which tasks are counted.
       */
      SlowProcessing: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Duration of a task, a boundary of `monitoring.taskDurationBuckets`. A pool's `slowAfter` overrides it (in `expr`).
         */
        threshold: Duration;
        /**
         * Time range over which tasks are counted (in `expr`).
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
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
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
       * Fires when too many tasks wait in a queue. `threshold`: Tasks in one queue.
       */
      TaskQueueBacklog: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Tasks in one queue (in `expr`).
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
       * Fires when a task was redelivered because its worker or process died. `threshold`: Redeliveries of one queue within the window. `window`: Time range over which redeliveries are counted.
       */
      TaskRedelivered: {
        /**
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Redeliveries of one queue within the window (in `expr`).
         */
        threshold: number;
        /**
         * Time range over which redeliveries are counted (in `expr`).
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
         * Add the alert to the rules (`rules` of the PrometheusRule or the rule file).
         */
        enabled: boolean;
        /**
         * Label `severity`, by which `alertmanager.routes` choose the receiver.
         */
        severity: 'critical' | 'warning' | 'none';
      };
    };
    /**
     * redis_exporter: metrics of queue lengths, unacknowledged tasks, memory and clients of the broker. It runs in a separate pod, so that a change of it never restarts the broker.
     */
    brokerExporter: {
      /**
       * Create the Deployment of the exporter, where Prometheus is enabled.
       */
      enabled: boolean;
      /**
       * Image of the exporter (`image`).
       */
      image: Image;
      /**
       * URL of an external broker without password (REDIS_ADDR), where the exporter cannot use CELERY_BROKER_URL: with Sentinels the address of the master, under a name for which the certificate is valid. The password is then REDIS_PASSWORD of the Secret.
       */
      address: string;
      /**
       * Compute resources of the container (`resources`).
       */
      resources: Resources;
      /**
       * Where the pod may run.
       */
      scheduling?: Scheduling;
      /**
       * Additional labels of the pod (`metadata.labels`).
       */
      podLabels: Labels;
      /**
       * Additional annotations of the pod (`metadata.annotations`).
       */
      podAnnotations: Annotations;
    };
    /**
     * CPU and memory of containers, scraped from the kubelets by the bundled Prometheus. It needs a ClusterRole for the metrics of all nodes.
     */
    nodes: {
      /**
       * Create the scrape jobs of the kubelets (`scrape_configs`) and the ClusterRole; without them CpuHigh and MemoryHigh never fire.
       */
      enabled: boolean;
      /**
       * Verify the kubelets' certificates with the cluster's certificate authority (`insecure_skip_verify: false`); most kubelets use self-signed ones.
       */
      verifyCertificates: boolean;
    };
    /**
     * GPU metrics from a DCGM exporter in the cluster, as NVIDIA's GPU operator installs it. The bundled Prometheus gets a Role in its namespace.
     */
    gpu: {
      /**
       * Create the scrape job or the PodMonitor of the exporter; leave it off where another job of the same Prometheus scrapes it.
       */
      enabled: boolean;
      /**
       * Namespace of the exporter (`namespaceSelector`).
       */
      namespace: string;
      /**
       * Labels of the exporter's pods (`selector.matchLabels`).
       */
      selector: Labels;
      /**
       * Port of the exporter's container (`containerPort`).
       */
      port: number;
      /**
       * Keep the labels `namespace`, `pod` and `container` of the metrics, which name the pod that uses the GPU (`honorLabels`, `honor_labels`). false where the operator forbids it; the rules support both.
       */
      honorLabels: boolean;
    };
  };
  /**
   * The subchart `prometheus`: one Prometheus, for evaluation and small clusters.
   */
  prometheus: {
    /**
     * Install the bundled Prometheus (`condition` of the dependency).
     */
    enabled: boolean;
    /**
     * Retention of samples by age and size, whichever limit is reached first.
     */
    retention: {
      /**
       * Retention time in hours, days or weeks (`retention.time`).
       */
      time: string;
      /**
       * Retention size in percent of `persistence.size` (`retention.size`).
       */
      percent: number;
    };
    /**
     * Evaluation interval of the rules (`evaluation_interval`), 1s to 1m.
     */
    evaluationInterval: Duration;
    /**
     * External labels of alerts and of samples sent to other systems (`external_labels`).
     */
    externalLabels: Labels;
    /**
     * Your own ConfigMaps in the namespace of the server. Every key that ends with `.yaml` is a file in the format of Prometheus, loaded besides those of the chart and reloaded when it changes.
     */
    extraFiles: {
      /**
       * ConfigMap with additional scrape jobs (`scrape_config_files`).
       */
      scrape: ObjectName;
      /**
       * ConfigMap with additional rules (`rule_files`).
       */
      rules: ObjectName;
    };
    /**
     * Authentication of Prometheus, which has none by default.
     */
    auth: {
      /**
       * Secret with `web.yml` (`--web.config.file`, with `basic_auth_users`), and with `username` and `password` of one of these users for the probes and the other servers; empty for no authentication.
       */
      existingSecret: ObjectName;
      /**
       * true: a proxy in front of the server requires a password, so that it may have a route (HTTPRoute, Ingress) without `existingSecret`.
       */
      external: boolean;
    };
    /**
     * The Alertmanager that receives the alerts.
     */
    alertmanager: {
      /**
       * Secret with its `username` and `password` (`basic_auth`); empty if it needs none.
       */
      existingSecret: ObjectName;
    };
    /**
     * Name of the server and prefix of the names of its objects (`metadata.name`), instead of the name of the chart.
     */
    fullnameOverride: string;
    /**
     * Image of the server (`image`).
     */
    image: Image;
    /**
     * Image pull secrets by name (`imagePullSecrets`).
     */
    pullSecrets: PullSecrets;
    /**
     * Compute resources of the container (`resources`).
     */
    resources: Resources;
    /**
     * Storage of the data.
     */
    persistence: ServerPersistence;
    /**
     * Termination grace period (`terminationGracePeriodSeconds`), in which the server writes its data.
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
     * Security context of the pod (`securityContext`).
     */
    podSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Security context of the container (`securityContext`).
     */
    containerSecurityContext?: ContainerSecurity;
    /**
     * Additional labels of the pod (`metadata.labels`).
     */
    podLabels: Labels;
    /**
     * Additional annotations of the pod (`metadata.annotations`).
     */
    podAnnotations: Annotations;
  };
  /**
   * The subchart `alertmanager`: one Alertmanager, for evaluation and small clusters.
   */
  alertmanager: {
    /**
     * Install the bundled Alertmanager (`condition` of the dependency).
     */
    enabled: boolean;
    /**
     * Retention of silences and of the notification log (`--data.retention`).
     */
    retention: Duration;
    /**
     * Secret with the keys that `notifications` names (`secretName`).
     */
    existingSecret: ObjectName;
    /**
     * Notification channels. Their secret settings are keys of the Secret `existingSecret`.
     */
    notifications: {
      /**
       * Slack, with the key `SLACK_WEBHOOK_URL` of the Secret.
       */
      slack: {
        /**
         * Add the receiver (`slack_configs`).
         */
        enabled: boolean;
        /**
         * Channel (`channel`), if the webhook allows a choice; empty for its default.
         */
        channel: string;
      };
      /**
       * E-mail, with the key `ALERTMANAGER_SMTP_PASSWORD` of the Secret.
       */
      email: {
        /**
         * Add the receiver (`email_configs`).
         */
        enabled: boolean;
        /**
         * Recipients, separated by commas (`to`).
         */
        to: string;
        /**
         * Sender (`from`).
         */
        from: string;
        /**
         * `host:port` of the mail server (`smarthost`).
         */
        smarthost: string;
        /**
         * User name at the mail server (`auth_username`), in plain text: Alertmanager cannot read it from a file. Empty for no login.
         */
        username: string;
        /**
         * Require TLS (`require_tls`).
         */
        requireTls: boolean;
      };
      /**
       * A webhook, with the key `ALERTMANAGER_WEBHOOK_URL` of the Secret.
       */
      webhook: {
        /**
         * Add the receiver (`webhook_configs`).
         */
        enabled: boolean;
      };
      /**
       * PagerDuty, with the key `PAGERDUTY_ROUTING_KEY` of the Secret.
       */
      pagerduty: {
        /**
         * Add the receiver (`pagerduty_configs`).
         */
        enabled: boolean;
      };
      /**
       * A webhook that is called while the alert `Watchdog` fires, with the key `ALERTMANAGER_HEARTBEAT_URL` of the Secret.
       */
      heartbeat: {
        /**
         * Add the receiver of `Watchdog` (`webhook_configs`); without it `Watchdog` notifies nobody.
         */
        enabled: boolean;
        /**
         * Interval of the calls (`group_interval`), at least 1s.
         */
        interval: Duration;
      };
    };
    /**
     * Time to wait for more alerts of a group, and for those that inhibit them, before the first notification (`group_wait`).
     */
    groupWait: Duration;
    /**
     * Time before a notification about new alerts of a group (`group_interval`), at least 1s.
     */
    groupInterval: Duration;
    /**
     * Notification routing by severity.
     */
    routes: {
      /**
       * Alerts with the severity `critical`.
       */
      critical: SeverityRoute;
      /**
       * Alerts with the severity `warning`, or without one.
       */
      warning: SeverityRoute;
    };
    /**
     * Inhibition rules (`inhibit_rules`) by a name of your choice: while an alert of `source` fires, those of `target` with equal labels notify nobody. null removes a rule.
     */
    inhibitions: {
      /**
       * One inhibition rule.
       */
      [k: string]: {
        /**
         * Matchers of the inhibiting alert (`source_matchers`).
         */
        source: string[];
        /**
         * Matchers of the inhibited alerts (`target_matchers`).
         */
        target: string[];
        /**
         * Labels that must be equal in both (`equal`).
         */
        equal: string[];
      } | null;
    };
    /**
     * Authentication of Alertmanager, which has none by default.
     */
    auth: {
      /**
       * Secret with `web.yml` (`--web.config.file`, with `basic_auth_users`), and with `username` and `password` of one of these users for the probes and the other servers; empty for no authentication.
       */
      existingSecret: ObjectName;
      /**
       * true: a proxy in front of the server requires a password, so that it may have a route (HTTPRoute, Ingress) without `existingSecret`.
       */
      external: boolean;
    };
    /**
     * Name of the server and prefix of the names of its objects (`metadata.name`), instead of the name of the chart.
     */
    fullnameOverride: string;
    /**
     * Image of the server (`image`).
     */
    image: Image;
    /**
     * Image pull secrets by name (`imagePullSecrets`).
     */
    pullSecrets: PullSecrets;
    /**
     * Compute resources of the container (`resources`).
     */
    resources: Resources;
    /**
     * Storage of the data.
     */
    persistence: ServerPersistence;
    /**
     * Termination grace period (`terminationGracePeriodSeconds`), in which the server writes its data.
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
     * Security context of the pod (`securityContext`).
     */
    podSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Security context of the container (`securityContext`).
     */
    containerSecurityContext?: ContainerSecurity;
    /**
     * Additional labels of the pod (`metadata.labels`).
     */
    podLabels: Labels;
    /**
     * Additional annotations of the pod (`metadata.annotations`).
     */
    podAnnotations: Annotations;
  };
  /**
   * The subchart `grafana`: one Grafana, for evaluation and small clusters.
   */
  grafana: {
    /**
     * Install the bundled Grafana (`condition` of the dependency).
     */
    enabled: boolean;
    /**
     * The administrator.
     */
    admin: {
      /**
       * Secret with the keys `GRAFANA_ADMIN_USER` and `GRAFANA_ADMIN_PASSWORD` (`admin_user`, `admin_password`). A persistent database keeps the password of the first start.
       */
      existingSecret: ObjectName;
    };
    /**
     * The Prometheus that the dashboards query.
     */
    datasource: {
      /**
       * URL of Prometheus without credentials (`datasources.url`); empty for that of this release.
       */
      url: string;
      /**
       * Secret with its `username` and `password` (`basicAuthUser`, `basicAuthPassword`); empty if it needs none.
       */
      existingSecret: ObjectName;
    };
    /**
     * Name of the server and prefix of the names of its objects (`metadata.name`), instead of the name of the chart.
     */
    fullnameOverride: string;
    /**
     * Image of the server (`image`).
     */
    image: Image;
    /**
     * Image pull secrets by name (`imagePullSecrets`).
     */
    pullSecrets: PullSecrets;
    /**
     * Compute resources of the container (`resources`).
     */
    resources: Resources;
    /**
     * Storage of the data.
     */
    persistence: ServerPersistence;
    /**
     * Termination grace period (`terminationGracePeriodSeconds`), in which the server writes its data.
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
     * Security context of the pod (`securityContext`).
     */
    podSecurityContext: {
      [k: string]: unknown;
    };
    /**
     * Security context of the container (`securityContext`).
     */
    containerSecurityContext?: ContainerSecurity;
    /**
     * Additional labels of the pod (`metadata.labels`).
     */
    podLabels: Labels;
    /**
     * Additional annotations of the pod (`metadata.annotations`).
     */
    podAnnotations: Annotations;
  };
  /**
   * Additional objects of the release by a name of your choice, such as a NetworkPolicy, an ExternalSecret or a Certificate. An object without `metadata.name` is named by its key with the prefix of the release; the recommended labels are added.
   */
  extraObjects: {
    /**
     * The object: `apiVersion`, `kind` and the fields of the kind.
     */
    [k: string]: {
      [k: string]: unknown;
    } | null;
  };
  /**
   * Values that Helm copies into the subcharts; open, because a parent chart has its own here.
   */
  global: {
    /**
     * Values that this chart shares with its subcharts prometheus, alertmanager and grafana.
     */
    monitoring: {
      /**
       * Namespace of the three servers and their ConfigMaps (`metadata.namespace`); it must exist. Empty for that of the release.
       */
      namespace: ObjectName;
      /**
       * DNS name of the servers for access from outside (`hostnames` of the HTTPRoute, `host` of the Ingress); empty for none.
       */
      host: string;
      /**
       * Scheme of the external URLs of the servers (`--web.external-url`, `root_url`).
       */
      scheme: 'http' | 'https';
      /**
       * Path of each server on the host, which is kept in its requests.
       */
      prefixes: {
        /**
         * Path of Prometheus (`--web.route-prefix`).
         */
        prometheus: string;
        /**
         * Path of Alertmanager (`--web.route-prefix`).
         */
        alertmanager: string;
        /**
         * Path of Grafana (`root_url`).
         */
        grafana: string;
      };
      /**
       * Scrape interval (`scrape_interval`), 1s to 1m. The window of an alert must be at least four times as long.
       */
      scrapeInterval: Duration;
      /**
       * Name of the release whose servers have names without prefix (`metadata.name: prometheus`); those of any other release begin with its name.
       */
      unprefixedRelease: string;
    };
    [k: string]: unknown;
  };
  /**
   * `condition` of a parent chart; false renders nothing.
   */
  enabled: boolean;
  /**
   * Value of the label `app.kubernetes.io/name`, instead of the name of the chart.
   */
  nameOverride: string;
  /**
   * Prefix of all object names (`metadata.name`), instead of the name of the release. With `audio-processor` the names have no prefix.
   */
  fullnameOverride: string;
}
/**
 * By name.
 */
export interface PullSecrets {
  /**
   * Empty: the name is the key.
   */
  [k: string]: {};
}
/**
 * By name.
 */
export interface Env {
  [k: string]: string;
}
/**
 * Image of this component (`image`).
 */
export interface ImageOverride {
  /**
   * Registry host of the `image`, with an optional path; empty leaves it to the container runtime.
   */
  registry?: string;
  /**
   * Repository of the `image` in the registry.
   */
  repository?: string;
  /**
   * Tag of the `image`; empty takes the chart's `appVersion`.
   */
  tag?: string;
  /**
   * Digest that pins the `image`; the tag remains visible in the reference.
   */
  digest?: string;
  /**
   * Image pull policy (`imagePullPolicy`).
   */
  pullPolicy?: 'IfNotPresent' | 'Always' | 'Never';
}
/**
 * By name; null removes an inherited one.
 */
export interface Queues {
  /**
   * Empty: the key is the name of the queue.
   */
  [k: string]: {} | null;
}
/**
 * By name; null removes an inherited one.
 */
export interface RemovableEnv {
  [k: string]: string | null;
}
/**
 * Quantities by resource name; null removes an inherited one.
 */
export interface ResourceAmounts {
  [k: string]: QuantityOrNothing;
}
/**
 * By key.
 */
export interface RemovableLabels {
  [k: string]: string | null;
}
/**
 * By key; null removes an inherited one.
 */
export interface RemovableAnnotations {
  [k: string]: string | null;
}
/**
 * A hardware profile; absent keys inherit `workers.defaults`, and a pool overrides any of them.
 */
export interface Profile {
  /**
   * Extended resource of each pod (`resources.limits`), as its device plugin names it: `nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`, `amd.com/gpu`; empty for none.
   */
  resource?: string;
  /**
   * Quantity of the extended resource for each pod (`resources.limits`).
   */
  count?: number;
  /**
   * RuntimeClass of the pods (`runtimeClassName`), where the default runtime does not support the device; empty for the default.
   */
  runtimeClassName?: ObjectName;
  /**
   * Size of `/dev/shm` for PyTorch's data loaders (`emptyDir.sizeLimit`, `medium: Memory`); it counts towards the memory limit. Empty keeps the 64Mi of the container runtime.
   */
  sharedMemory?: OptionalQuantity;
  /**
   * true: run the pool on CPU: without the extended resource, `runtimeClassName`, `nodeSelector` and `tolerations` of the profile, and without a visible GPU (CUDA_VISIBLE_DEVICES).
   */
  cpuFallback?: boolean;
  /**
   * Labels that a node must have (`nodeSelector`).
   */
  nodeSelector?: RemovableLabels;
  /**
   * Tolerations of node taints (`tolerations`), by a name of your choice.
   */
  tolerations?: {
    [k: string]: {
      [k: string]: unknown;
    } | null;
  };
  /**
   * Overrides of the root `image` for this component; absent keys inherit it.
   */
  image?: ImageOverride;
  /**
   * Additional environment variables of the workers (`env`); those of a pool override them.
   */
  env?: RemovableEnv;
  /**
   * Compute resources of the container (`resources`).
   */
  resources?: {
    /**
     * Resource requests by resource name (`resources.requests`).
     */
    requests?: ResourceAmounts;
    /**
     * Resource limits by resource name (`resources.limits`).
     */
    limits?: ResourceAmounts;
  };
}
/**
 * One worker pool; absent keys inherit `workers.defaults`.
 */
export interface Pool {
  /**
   * Create the Deployment and the other objects of the pool.
   */
  enabled?: boolean;
  /**
   * Hardware profile, a key of `workers.profiles`: its keys override these defaults, and the pool overrides them; empty for none.
   */
  profile?: string;
  /**
   * Extended resource of each pod, such as a GPU; usually set by the pool's profile.
   */
  hardware?: {
    /**
     * Extended resource of each pod (`resources.limits`), as its device plugin names it: `nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`, `amd.com/gpu`; empty for none.
     */
    resource?: string;
    /**
     * Quantity of the extended resource for each pod (`resources.limits`).
     */
    count?: number;
    /**
     * RuntimeClass of the pods (`runtimeClassName`), where the default runtime does not support the device; empty for the default.
     */
    runtimeClassName?: ObjectName;
    /**
     * Size of `/dev/shm` for PyTorch's data loaders (`emptyDir.sizeLimit`, `medium: Memory`); it counts towards the memory limit. Empty keeps the 64Mi of the container runtime.
     */
    sharedMemory?: OptionalQuantity;
    /**
     * true: run the pool on CPU: without the extended resource, `runtimeClassName`, `nodeSelector` and `tolerations` of the profile, and without a visible GPU (CUDA_VISIBLE_DEVICES).
     */
    cpuFallback?: boolean;
  };
  /**
   * Overrides of the root `image` for this component; absent keys inherit it.
   */
  image?: ImageOverride;
  /**
   * Command of the worker in exec form (`command`); empty takes the one that the chart builds.
   */
  command?: string[];
  /**
   * Queues that the workers consume (`--queues`), by name.
   */
  queues?: Queues;
  /**
   * Worker processes of a pod (`--concurrency`).
   */
  concurrency?: number;
  /**
   * Celery's hard time limit of a task (`--time-limit`). The pool's termination grace period, drain timeout and visibility timeout follow from it.
   */
  taskLimit?: Duration;
  /**
   * Threshold of the alert `SlowProcessing` for this pool, a boundary of `monitoring.taskDurationBuckets`, such as 10m or 1h; empty for the threshold of the alert.
   */
  slowAfter?: OptionalDuration;
  /**
   * Time between the soft and the hard time limit: `--soft-time-limit` is `taskLimit` minus this.
   */
  softLimitMargin?: Duration;
  /**
   * Tasks after which a worker process is replaced (`--max-tasks-per-child`).
   */
  maxTasksPerChild?: number;
  /**
   * Age at which an unacknowledged task without a lease returns to its queue (`visibility_timeout`): with `delivery.mode: timeout`, or a Celery version that leases do not support; empty takes 1.5 × `taskLimit`, at least `taskLimit` + 10m.
   */
  visibilityTimeout?: OptionalDuration;
  /**
   * What happens to running tasks when a pod is terminated (`preStop`).
   */
  drain?: {
    /**
     * Drain mode: `finish` lets running tasks run until their time limit; `requeue` gives them `within` and then returns them to their queue.
     */
    mode?: 'finish' | 'requeue';
    /**
     * Drain timeout: time for running tasks to finish; `terminationGracePeriodSeconds` follows from it. `finish`: empty takes `taskLimit`, which is also the minimum. `requeue`: empty takes 5m.
     */
    within?: OptionalDuration;
  };
  /**
   * Log level of the worker (`--loglevel`).
   */
  logLevel?: 'debug' | 'info' | 'warning' | 'error' | 'critical';
  /**
   * Additional environment variables of the worker (`env`); they override `app.env`.
   */
  env?: RemovableEnv;
  /**
   * Number of pods, and what controls it.
   */
  scaling?: {
    /**
     * `fixed`: `replicas` as set here. `manual`: the chart never renders `replicas`, so that `kubectl scale` decides. `hpa`: a HorizontalPodAutoscaler on the container's CPU. `keda`: a ScaledObject of KEDA on queued and running tasks; only this one scales to zero.
     */
    engine?: 'fixed' | 'manual' | 'hpa' | 'keda';
    /**
     * Pods of the engine `fixed` (`replicas`); empty takes `min`.
     */
    replicas?: number | string;
    /**
     * Minimum replicas when autoscaling (`minReplicas`, `minReplicaCount`).
     */
    min?: number;
    /**
     * Maximum replicas when autoscaling (`maxReplicas`, `maxReplicaCount`).
     */
    max?: number;
    /**
     * Autoscaling behavior (`behavior.scaleDown`): `window` is `stabilizationWindowSeconds`; in each `period` (`periodSeconds`) at most `percent` % of the pods or `pods` may change, whichever is more.
     */
    scaleDown?: {
      /**
       * Stabilization window (`stabilizationWindowSeconds`), at most 1h; `0s` disables it.
       */
      window?: Duration;
      /**
       * Percentage of the pods that may change in one period (`policies`, type `Percent`); 0 for no such policy.
       */
      percent?: number;
      /**
       * Pods that may change in one period (`policies`, type `Pods`); 0 for no such policy, both 0 for `selectPolicy: Disabled`.
       */
      pods?: number;
      /**
       * Period of the policies (`periodSeconds`), at most 30m.
       */
      period?: Duration;
    };
    /**
     * Autoscaling behavior (`behavior.scaleUp`): `window` is `stabilizationWindowSeconds`; in each `period` (`periodSeconds`) at most `percent` % of the pods or `pods` may change, whichever is more.
     */
    scaleUp?: {
      /**
       * Stabilization window (`stabilizationWindowSeconds`), at most 1h; `0s` disables it.
       */
      window?: Duration;
      /**
       * Percentage of the pods that may change in one period (`policies`, type `Percent`); 0 for no such policy.
       */
      percent?: number;
      /**
       * Pods that may change in one period (`policies`, type `Pods`); 0 for no such policy, both 0 for `selectPolicy: Disabled`.
       */
      pods?: number;
      /**
       * Period of the policies (`periodSeconds`), at most 30m.
       */
      period?: Duration;
    };
    /**
     * Targets of the engine `hpa`, in percent of the requests of the main container (`containerResource`); sidecars do not count.
     */
    hpa?: {
      /**
       * Target CPU utilization (`averageUtilization`); 0 for none.
       */
      cpu?: number;
      /**
       * Target memory utilization (`averageUtilization`); 0 for none. Python rarely returns memory, so such a target rarely scales down.
       */
      memory?: number;
    };
    /**
     * The engine `keda`, which counts queued and running tasks (`ScaledObject`).
     */
    keda?: {
      /**
       * Tasks per pod (`scalingModifiers.target`); empty takes the pool's `concurrency`.
       */
      target?: number | string;
      /**
       * Interval at which KEDA polls the broker for activity (`pollingInterval`).
       */
      pollingInterval?: Duration;
      /**
       * With `min: 0`: time without tasks before KEDA scales to zero (`cooldownPeriod`, `initialCooldownPeriod`).
       */
      cooldown?: Duration;
      /**
       * Replicas while KEDA cannot read the broker (`fallback`); it never scales down then.
       */
      fallback?: {
        /**
         * Consecutive failed polls before the fallback applies (`fallback.failureThreshold`).
         */
        failures?: number;
        /**
         * Minimum replicas of the fallback, even of a pool at 0 (`fallback.replicas`); 0 keeps the current replicas.
         */
        replicas?: number;
      };
    };
  };
  /**
   * Compute resources of the container (`resources`).
   */
  resources?: {
    /**
     * Resource requests by resource name (`resources.requests`).
     */
    requests?: ResourceAmounts;
    /**
     * Resource limits by resource name (`resources.limits`).
     */
    limits?: ResourceAmounts;
  };
  /**
   * Size limits of the writable directories; a pod that exceeds one is evicted.
   */
  storage?: {
    /**
     * Size limit of `/work`, where the application writes its artifacts (`emptyDir.sizeLimit`).
     */
    work?: Quantity;
    /**
     * Size limit of `/tmp`, for downloads and extraction (`emptyDir.sizeLimit`): the largest file times the concurrency.
     */
    tmp?: Quantity;
    /**
     * Size limit of `/cache`, for models: HF_HOME, TORCH_HOME and others (`emptyDir.sizeLimit`).
     */
    cache?: Quantity;
  };
  /**
   * Probes on files that the worker writes (`exec`); none of them contacts the broker.
   */
  probes?: {
    /**
     * Startup probe (`startupProbe`): until the worker consumes. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
     */
    startup?: {
      /**
       * Probe interval (`periodSeconds`).
       */
      period?: Duration;
      /**
       * Probe timeout (`timeoutSeconds`).
       */
      timeout?: Duration;
      /**
       * Consecutive failures before the probe fails (`failureThreshold`).
       */
      failures?: number;
    };
    /**
     * Readiness probe (`readinessProbe`): whether the worker consumes. `period` is `periodSeconds`, `timeout` is `timeoutSeconds`, `failures` is `failureThreshold`.
     */
    readiness?: {
      /**
       * Probe interval (`periodSeconds`).
       */
      period?: Duration;
      /**
       * Probe timeout (`timeoutSeconds`).
       */
      timeout?: Duration;
      /**
       * Consecutive failures before the probe fails (`failureThreshold`).
       */
      failures?: number;
    };
    /**
     * Liveness probe (`livenessProbe`): restarts a worker that hangs.
     */
    liveness?: {
      /**
       * Age of the heartbeat file at which the probe fails (`exec.command`); longer than any broker outage to survive.
       */
      maxAge?: Duration;
      /**
       * Grace period of a restart by this probe (its `terminationGracePeriodSeconds`), instead of the pod's.
       */
      grace?: Duration;
      /**
       * Probe interval (`periodSeconds`).
       */
      period?: Duration;
      /**
       * Probe timeout (`timeoutSeconds`).
       */
      timeout?: Duration;
      /**
       * Consecutive failures before the probe fails (`failureThreshold`).
       */
      failures?: number;
    };
  };
  /**
   * Sidecar container that serves the metrics of all processes of a worker under `/metrics`; the worker itself has no HTTP server.
   */
  metrics?: {
    /**
     * Add the sidecar container `metrics` to the pods.
     */
    enabled?: boolean;
    /**
     * Port of the sidecar (`containerPort`), named `metrics`.
     */
    port?: number;
    /**
     * Size limit of the metric files, which are in memory (`emptyDir.sizeLimit`); they count towards the worker's memory limit.
     */
    size?: Quantity;
    /**
     * Compute resources of the container (`resources`).
     */
    resources?: {
      /**
       * Resource requests by resource name (`resources.requests`).
       */
      requests?: ResourceAmounts;
      /**
       * Resource limits by resource name (`resources.limits`).
       */
      limits?: ResourceAmounts;
    };
  };
  /**
   * How a rollout replaces the pods (`strategy`).
   */
  strategy?: {
    /**
     * Rollout strategy (`strategy.type`): `RollingUpdate`, or `Recreate` where old and new pods must not run together.
     */
    type?: 'RollingUpdate' | 'Recreate';
    /**
     * Pods above the desired number during a rolling update (`maxSurge`): a number or a percentage; empty takes 25%, or 0 where a new pod needs the device of an old one.
     */
    maxSurge?: string | number;
    /**
     * Pods below the desired number during a rolling update (`maxUnavailable`): a number or a percentage; empty takes 1 where `maxSurge` is 0, otherwise 0.
     */
    maxUnavailable?: string | number;
  };
  /**
   * Where the pods may run.
   */
  scheduling?: {
    /**
     * Labels that a node must have (`nodeSelector`).
     */
    nodeSelector?: RemovableLabels;
    /**
     * Tolerations of node taints (`tolerations`), by a name of your choice.
     */
    tolerations?: {
      [k: string]: {
        [k: string]: unknown;
      } | null;
    };
    /**
     * Preferred anti-affinity to pods of the same workload (`podAntiAffinity`), added to `affinity`.
     */
    antiAffinity?: {
      /**
       * Weight among the other preferences (`weight`); 0 disables it.
       */
      weight?: number;
      /**
       * Node label whose values are the topology domains (`topologyKey`).
       */
      topologyKey?: QualifiedName;
    };
    /**
     * Affinity of the pods (`affinity`).
     */
    affinity?: {
      [k: string]: unknown;
    };
    /**
     * Topology spread constraints (`topologySpreadConstraints`), by a name of your choice; an absent `labelSelector` selects the pods of the workload.
     */
    topologySpreadConstraints?: {
      [k: string]: {
        [k: string]: unknown;
      } | null;
    };
    /**
     * PriorityClass of the pods (`priorityClassName`); empty for the cluster default.
     */
    priorityClassName?: ObjectName;
  };
  /**
   * PodDisruptionBudget: how many pods a node drain may evict at once. A single fixed replica has none.
   */
  disruption?: {
    /**
     * Create the PodDisruptionBudget.
     */
    enabled?: boolean;
    /**
     * Pods that may be unavailable at once (`maxUnavailable`): a number or a percentage; 0 would block every node drain.
     */
    maxUnavailable?: string | number;
    /**
     * Eviction of pods that are not Ready (`unhealthyPodEvictionPolicy`): `AlwaysAllow` never blocks a drain, `IfHealthyBudget` only evicts them within the budget.
     */
    unhealthyPodEvictionPolicy?: 'AlwaysAllow' | 'IfHealthyBudget';
  };
  /**
   * Additional labels of the pods (`metadata.labels`).
   */
  podLabels?: RemovableLabels;
  /**
   * Additional annotations of the pods (`metadata.annotations`).
   */
  podAnnotations?: RemovableAnnotations;
}
/**
 * Compute resources of the container (`resources`).
 */
export interface Resources {
  /**
   * Resource requests by resource name (`resources.requests`).
   */
  requests: ResourceAmounts;
  /**
   * Resource limits by resource name (`resources.limits`).
   */
  limits: ResourceAmounts;
}
/**
 * By key.
 */
export interface Annotations {
  [k: string]: string;
}
/**
 * By key.
 */
export interface Labels {
  [k: string]: string;
}
/**
 * Timings of a probe.
 */
export interface Probe {
  /**
   * Probe interval (`periodSeconds`).
   */
  period: Duration;
  /**
   * Probe timeout (`timeoutSeconds`).
   */
  timeout: Duration;
  /**
   * Consecutive failures before the probe fails (`failureThreshold`).
   */
  failures: number;
}
/**
 * Where the pods may run.
 */
export interface Scheduling {
  /**
   * Labels that a node must have (`nodeSelector`).
   */
  nodeSelector: RemovableLabels;
  /**
   * Tolerations of node taints (`tolerations`), by a name of your choice.
   */
  tolerations: {
    [k: string]: {
      [k: string]: unknown;
    } | null;
  };
  /**
   * Affinity of the pods (`affinity`).
   */
  affinity: {
    [k: string]: unknown;
  };
  /**
   * Topology spread constraints (`topologySpreadConstraints`), by a name of your choice; an absent `labelSelector` selects the pods of the workload.
   */
  topologySpreadConstraints: {
    [k: string]: {
      [k: string]: unknown;
    } | null;
  };
  /**
   * PriorityClass of the pods (`priorityClassName`); empty for the cluster default.
   */
  priorityClassName: ObjectName;
}
/**
 * Image of this component (`image`).
 */
export interface Image {
  /**
   * Registry host of the `image`, with an optional path; empty leaves it to the container runtime.
   */
  registry: string;
  /**
   * Repository of the `image` in the registry.
   */
  repository: string;
  /**
   * Tag of the `image`.
   */
  tag: string;
  /**
   * Digest that pins the `image`; the tag remains visible in the reference.
   */
  digest: string;
  /**
   * Image pull policy (`imagePullPolicy`).
   */
  pullPolicy: 'IfNotPresent' | 'Always' | 'Never';
}
/**
 * Storage of the data.
 */
export interface ServerPersistence {
  /**
   * true: a PersistentVolumeClaim, which remains after an uninstall. false: an `emptyDir`, lost with the pod.
   */
  enabled: boolean;
  /**
   * Size of the claim (`resources.requests.storage`), or of the `emptyDir` (`sizeLimit`).
   */
  size: Quantity;
  /**
   * StorageClass of the claim (`storageClassName`); empty for the cluster default.
   */
  storageClass: ObjectName;
  /**
   * Existing claim (`claimName`), instead of the one that the chart creates.
   */
  existingClaim: ObjectName;
}
/**
 * The Service.
 */
export interface ServerService {
  /**
   * Port of the Service (`ports.port`).
   */
  port: number;
  /**
   * Annotations of the Service (`metadata.annotations`).
   */
  annotations: Annotations;
}
/**
 * Security context of the container (`securityContext`).
 */
export interface ContainerSecurity {
  [k: string]: unknown;
}
/**
 * Notification routing and repeat interval.
 */
export interface SeverityRoute {
  /**
   * Notify Slack (`slack_configs`).
   */
  slack: boolean;
  /**
   * Send an e-mail (`email_configs`).
   */
  email: boolean;
  /**
   * Call the webhook (`webhook_configs`).
   */
  webhook: boolean;
  /**
   * Notify PagerDuty (`pagerduty_configs`).
   */
  pagerduty: boolean;
  /**
   * Interval at which the notification of a firing alert is repeated (`repeat_interval`), at least 1s.
   */
  repeatInterval: Duration;
}
