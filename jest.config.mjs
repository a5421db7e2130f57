const swc = (syntax) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: syntax === 'typescript' ? { syntax, decorators: true } : { syntax },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
    module: { type: 'commonjs', ignoreDynamic: false },
    sourceMaps: true,
  },
];

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/projections', '<rootDir>/test'],
  // What takes that long on a machine under load would take a second on an idle one: only a test that hangs fails by it.
  testTimeout: 30_000,
  testRegex: '.*\\.(spec|e2e-spec)\\.ts$',
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  transform: {
    '^.+\\.ts$': swc('typescript'),
    '/node_modules/.+\\.js$': swc('ecmascript'),
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(.*/)?(@nestjs|content-disposition|file-type|cookie|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|jose|@opentelemetry/otlp-exporter-base)/)',
  ],
};
