import { environment } from '../src/values/environment.ts';

/** The release candidate, on the smallest numbers that still show how pods share the work. */
export const staging = environment({
  image: { registry: 'registry.example.com', tag: 'v1.4.2-rc.1' },
  app: {
    s3: { bucket: 'ml-service-features-staging' },
    corsOrigins: { 'http://localhost:3000': null, 'https://ml-service.staging.example.com': {} },
  },
});
