// What the compiler does not hold: who may import whom, no HTML from strings, one place that talks to the server.
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import typescript from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// A folder and what it may not import; the order of the list is the order of the layers.
const layers = {
  api: ['model', 'actions', 'components', 'charts', 'views'],
  i18n: ['api', 'model', 'actions', 'components', 'charts', 'views'],
  model: ['actions', 'components', 'charts', 'views'],
  actions: ['components', 'charts', 'views'],
  charts: ['views'],
  components: ['views']
};

const talksToServer = {
  'no-restricted-globals': [
    'error',
    { name: 'fetch', message: 'Only src/api talks to the server.' },
    { name: 'XMLHttpRequest', message: 'Only src/api talks to the server.' },
    { name: 'EventSource', message: 'Only src/api talks to the server.' }
  ]
};

export default typescript.config(
  { ignores: ['dist', 'node_modules'] },
  ...typescript.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: typescript.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': ['error', { allowTransitions: false }],
      'svelte/button-has-type': 'error',
      // Where the page stands is kept as a whole and put in the place of the one before.
      'svelte/prefer-svelte-reactivity': 'off',
      // Addresses here are plain paths; there is no base path to resolve against.
      'svelte/no-navigation-without-resolve': 'off'
    }
  },
  { files: ['src/**'], ignores: ['src/api/**'], rules: talksToServer },
  ...Object.entries(layers).map(([layer, forbidden]) => ({
    files: [`src/${layer}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: forbidden.flatMap((name) => [`$/${name}/*`, `**/../${name}/*`]),
              message: `${layer} does not know them.`
            }
          ]
        }
      ]
    }
  }))
);
